"""Plans of two agencies for this year: Essen changed its own, once fundamentally; Kleve is still writing, and has planned a feast."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import timezone

from lotse.agency.actions import changes
from lotse.agency.actions import plan as acts
from lotse.agency.actions.papers import begin_document
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.enums import TaskPartnerKind as Kind
from lotse.agency.models import AgencyDocument, Task
from lotse.agency.queries.plan import needs_for
from lotse.organisations.models import Organisation
from lotse.portal.demo.showcase.agency_support import worker
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage

ESSEN, KLEVE = "Integrationsagentur Essen", "Integrationsagentur Kleve"
Day = tuple[int, int]  # month, day


class Theme(NamedTuple):
    """`goals`: what, indicator, unit, from, to, until, how measured; `steps`: what, from, to; `partners`: name, kind, agreed on."""

    field: str
    title: str
    words: dict[str, str]
    goals: Sequence[tuple[str, str, str, str, str, Day, str]]
    steps: Sequence[tuple[str, Day, Day]]
    partners: Sequence[tuple[str, Kind, Day | None]]


MEETING = Theme(
    "SR", "Ein Treffpunkt, der auch abends offen ist",
    {
        "occasion": "Nach 17 Uhr ist im Stadtteil nichts offen. Nachbarschaften kennen einander kaum.",
        "overall_goal": "Nachbar*innen treffen sich an einem Ort, den sie selbst mitgestalten.",
        "target_groups": "Familien und Ältere in Nordstadt und Lindenhof", "methods": "Aktivierende Befragung, offene Abende, Begleitung von Gruppen",
        "resources": "Raum im Jugendhaus, 1.200 Euro für Material",
    },
    (
        ("Offene Abende finden regelmäßig statt", "Abende im Monat", "", "0", "4", (10, 31), "Kalender des Treffpunkts"),
        ("Besucher*innen übernehmen selbst Abende", "Anteil der Abende", "%", "0", "37.5", (12, 15), "Liste der Abende"),
    ),
    (
        ("Nachbarschaft befragen", (1, 15), (3, 15)), ("Raum herrichten und eröffnen", (3, 16), (5, 10)),
        ("Abende begleiten", (5, 11), (12, 15)), ("Mit allen zurückblicken", (11, 15), (12, 20)),
    ),
    (("Stadt Essen, Stadtteilbüro", Kind.MUNICIPALITY, (1, 20)), ("Jugendhaus Lindenhof", Kind.INSTITUTION, (1, 28)), ("Migrationsberatung im Haus", Kind.OWN_SERVICE, (2, 3))),
)  # fmt: skip
READING = Theme(
    "BE", "Lesepatinnen gewinnen und begleiten",
    {
        "occasion": "Kinder kommen mit wenig Deutsch in die Schule; Eltern kennen die Hilfen nicht.",
        "overall_goal": "Kinder hören Geschichten in ihren Sprachen und auf Deutsch.", "target_groups": "Kinder von drei bis sechs und ihre Eltern",
        "methods": "Ansprache über Kitas, Schulung an zwei Tagen, monatliches Treffen", "resources": "Bücher, Honorar für die Schulung",
    },
    (("Lesepatinnen lesen jede Woche vor", "aktive Lesepatinnen", "Personen", "2", "8", (11, 30), "Liste der Einsätze"),),
    (("Ansprechen und kennenlernen", (2, 1), (4, 30)), ("Schulen", (5, 1), (6, 15)), ("Vorlesen, jede Woche", (8, 15), (12, 18))),
    (("Stadtbücherei", Kind.INSTITUTION, (2, 10)), ("Agentur der Caritas", Kind.AGENCY, None)),
)  # fmt: skip
FEAST = Theme(
    "SR",
    "Sommerfest der Kulturen",
    {"occasion": "Das Fest gibt es seit Jahren."},
    (),
    (("Sommerfest", (7, 4), (7, 4)),),
    (),
)
CARE = Theme(
    "IKÖ", "Pflegeheime öffnen sich",
    {"overall_goal": "Ältere Zugewanderte finden ein Heim, das ihre Gewohnheiten kennt."},
    (("Heime lassen ihr Team schulen", "Heime", "", "0", "3", (12, 1), "Nachweise der Schulungen"),),
    (("Mit den Leitungen sprechen", (2, 1), (4, 15)),), (),
)  # fmt: skip


def tell(stage: Stage) -> None:
    _changed(stage, _plan(stage, ESSEN, (MEETING, READING)))
    _plan(stage, KLEVE, (CARE, FEAST))


def _plan(stage: Stage, agency_name: str, themes: Sequence[Theme]) -> AgencyDocument:
    """Each theme answers the need at the same place of the analysis, where there is one."""
    agency = Organisation.objects.get(name=agency_name)
    who, year = worker(agency), stage.today.year
    plan = begin_document(by=who.actor, agency=agency, kind=DocumentKind.TASK_PLAN, funding_year=year)
    needs = list(needs_for(plan).values())
    for number, theme in enumerate(themes):
        named = {"field": theme.field, "title": theme.title, **theme.words, "needs": needs[number : number + 1]}
        _fill(stage, who, acts.add_task(by=who.actor, document=plan, responsible=who.person, **named), theme)
    return plan


def _fill(stage: Stage, who: Player, task: Task, theme: Theme) -> None:
    given: dict[str, Any] = {"by": who.actor, "task": task}
    year = stage.today.year
    for text, indicator, unit, low, high, until, method in theme.goals:
        values = {"baseline": Decimal(low), "target": Decimal(high), "due_on": date(year, *until), "method": method}
        acts.keep_goal(**given, text=text, indicator=indicator, unit=unit, **values)
    for title, first, last in theme.steps:
        step = acts.keep_step(**given, title=title, starts_on=date(year, *first), ends_on=date(year, *last))
        if step.ends_on < stage.today:
            acts.finish_step(by=who.actor, step=step, on=step.ends_on)
    for name, kind, on in theme.partners:
        acts.keep_partner(**given, partner=None, name=name, kind=kind, agreed_on=date(year, *on) if on else None)


def _changed(stage: Stage, plan: AgencyDocument) -> None:
    """Two small changes, of which one waits to be weighed; and the jugendhaus closes, which turns the plan around."""
    _released(stage, plan)
    meeting, reading = plan.tasks.all()
    small = _noted(plan, "Die Schulung der Lesepatinnen beginnt zwei Wochen später.", stage.ago(60), reading)
    great = _noted(
        plan, "Das Jugendhaus schließt. Der Treffpunkt zieht zur Stadtbücherei, mit anderen Zeiten und Partnern.",
        stage.ago(21), meeting,
    )  # fmt: skip
    _noted(plan, "Im Herbst kommt ein Abend für Ältere dazu.", stage.ago(3), meeting)
    lead = stage.district.lead.actor
    changes.decide_change(by=lead, change=small, fundamental=False)
    weighed = changes.decide_change(by=lead, change=great, fundamental=True)
    changes.tell_authority(by=lead, change=weighed, on=stage.ago(14))


def _noted(plan: AgencyDocument, description: str, on: date, task: Task) -> Any:
    who = worker(plan.agency)
    return changes.note_change(by=who.actor, document=plan, description=description, consulted_on=on, task=task)


def _released(stage: Stage, plan: AgencyDocument) -> None:
    """At the end of January."""
    moment = min(timezone.now(), timezone.now().replace(month=1, day=28))
    lead = stage.district.lead.person
    AgencyDocument.objects.filter(pk=plan.pk).update(
        state=DocumentState.RELEASED, ready_at=moment, released_at=moment, released_by=lead
    )
    plan.refresh_from_db()
