"""Last year's reports of the 13 agencies, in every state of their way; the one of Essen came back with two comments."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from lotse.agency.actions.comments import comment
from lotse.agency.actions.papers import begin_document, form_for
from lotse.agency.actions.release import (
    accept,
    hand_in,
    release_document,
    request_correction,
    return_document,
    transmit,
)
from lotse.agency.actions.reports import draft_report, write_report
from lotse.agency.enums import Channel, DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument, Measure, ReportSection, Task, TaskGoal
from lotse.agency.queries.places import place_of
from lotse.agency.queries.report import plan_of, tasks_of
from lotse.organisations.actor import Actor
from lotse.organisations.enums import OrganisationKind
from lotse.organisations.models import Organisation
from lotse.portal.demo.showcase.agency_support import worker
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage

State = DocumentState
# How far the report of each agency is, in the order of the district's list; None: nobody has begun it.
REPORTS = (
    State.ACCEPTED, State.RETURNED, State.TRANSMITTED, State.RELEASED, State.READY, State.READY, State.DRAFT, State.ACCEPTED,
    State.CORRECTION, State.READY, None, State.READY, State.DRAFT,
)  # fmt: skip
# field, task, goal, indicator, from, to, what was reached, why it came differently
THEMES = (
    ("SR", "Treffpunkte im Quartier", "Offene Treffen finden jede Woche statt", "Treffen im Jahr", 10, 40, 42, ""),
    ("BE", "Ehrenamt für alle öffnen", "Menschen mit Einwanderungsgeschichte engagieren sich", "Ehrenamtliche", 6, 15, 12, "Zwei Schulungen fielen aus, weil der Raum gesperrt war."),
    ("IKÖ", "Ämter und Kitas öffnen sich", "Einrichtungen lassen ihr Team schulen", "Einrichtungen", 1, 5, 5, ""),
)  # fmt: skip
# title, kind, participants, volunteers, what came of it
MEASURES = (
    ("Auftakt im Stadtteilhaus", "event", 46, 5, "Sechs Vereine kamen. Vier trafen sich danach jeden Monat."),
    ("Schulung für Kita-Teams", "training", 18, 0, "Die Teams sprachen über eigene Fälle. Zwei Kitas übersetzten ihre Briefe."),
    ("Elterncafé", "workshop", 23, 3, "Mütter aus acht Ländern kamen wieder. Sie luden selbst ein."),
    ("Rundgang zu den Beratungsstellen", "excursion", 14, 2, "Wer mitging, kennt jetzt den Weg und ein Gesicht."),
)  # fmt: skip
COMMENTS = (
    ("Bitte nennen Sie die Orte der Treffen. Die Bezirksregierung fragt danach.", "task"),
    ("Was hat sich dadurch geändert? Ein Satz genügt.", "measure"),
)


def tell(stage: Stage) -> None:
    kind = OrganisationKind.AGENCY
    rows = Organisation.objects.filter(kind=kind, path__startswith=stage.district.organisation.path).order_by("id")
    for agency, state in zip(rows, REPORTS, strict=True):
        _planned(stage, agency)
        if state:
            _report(stage, agency, state)


def _planned(stage: Stage, agency: Organisation) -> None:
    """A plan that the authority has accepted, and what was done: rows, where no other story has told them."""
    year, who = stage.last_year, worker(agency)
    own = {"organisation": agency.parent, "agency": agency, "funding_year": year}
    if AgencyDocument.objects.filter(agency=agency, kind=DocumentKind.TASK_PLAN, funding_year=year).exists():
        return
    plan = AgencyDocument.objects.create(
        **own, kind=DocumentKind.TASK_PLAN, until_year=year, responsible=who.person, state=State.READY, ready_at=timezone.now(),
        template=form_for(agency, DocumentKind.TASK_PLAN),
    )  # fmt: skip
    themes = THEMES[agency.pk % 2 : agency.pk % 2 + 2]
    tasks = [_task(plan, number, theme, who) for number, theme in enumerate(themes)]
    for number, (title, measure_kind, people, helpers, result) in enumerate(MEASURES):
        Measure.objects.create(
            **own, task=tasks[number % 2], kind=measure_kind, field=tasks[number % 2].field, title=title, result=result,
            on=date(year, 3 + 2 * number, 1 + agency.pk % 27), place="Stadtteilhaus", participants=people + agency.pk % 7,
            volunteers=helpers, entered_by=who.person,
        )  # fmt: skip
    _accepted(stage, plan, days=300)


def _task(plan: AgencyDocument, number: int, theme: tuple, who: Player) -> Task:
    field, title, goal, indicator, baseline, target, _reached, _why = theme
    task = Task.objects.create(
        organisation=plan.organisation, document=plan, position=number, field=field, title=title, responsible=who.person,
        overall_goal="Menschen im Quartier kennen einander und die Hilfen vor Ort.",
    )  # fmt: skip
    TaskGoal.objects.create(
        organisation=plan.organisation, task=task, text=goal, indicator=indicator, baseline=Decimal(baseline),
        target=Decimal(target), due_on=date(plan.funding_year, 12, 31), method="gezählt",
    )  # fmt: skip
    return task


def _report(stage: Stage, agency: Organisation, state: DocumentState) -> None:
    by = worker(agency).actor
    begun = begin_document(by=by, agency=agency, kind=DocumentKind.REPORT, funding_year=stage.last_year)
    report = draft_report(by=by, document=begun)
    if state == State.DRAFT:
        return
    _write(report, by=worker(agency))
    hand_in(by=by, document=report)
    if state == State.RETURNED:
        _return(stage, report)
    elif state in (State.TRANSMITTED, State.CORRECTION):
        _transmitted(stage, report, days=20)
        if state == State.CORRECTION:
            request_correction(
                by=_lead(stage), document=report, on=stage.ago(4), note="Bitte die Zahl der Ehrenamtlichen prüfen."
            )
    elif state == State.ACCEPTED:
        _accepted(stage, report, days=30)
    elif state == State.RELEASED:
        release_document(by=_lead(stage), document=report)


def _lead(stage: Stage) -> Actor:
    return stage.district.lead.actor


def _write(report: AgencyDocument, by: Player) -> None:
    """A few words for every passage, a result for every goal."""
    known = {goal: (reached, why) for _f, _t, goal, _i, _b, _z, reached, why in THEMES}
    goals = [goal for task in tasks_of(plan_of(report)) for goal in task.goals.all()]
    results = {g.public_id: _reached(g, *known.get(g.text, (g.target, ""))) for g in goals}
    sections = ReportSection.objects.filter(document=report, text="")
    texts = {one.public_id: "Wir haben viel geschafft. Was gut lief, führen wir weiter." for one in sections}
    write_report(by=by.actor, document=report, texts=texts, results=results)


def _reached(goal: TaskGoal, value: Decimal | int, why: str) -> tuple[Decimal, str]:
    return Decimal(value), why


def _return(stage: Stage, report: AgencyDocument) -> None:
    for text, kind in COMMENTS:
        section = ReportSection.objects.filter(document=report, kind=kind).first()
        if section:
            comment(by=_lead(stage), document=report, place=place_of(section), text=text)
    return_document(by=_lead(stage), document=report, note="Fast fertig, danke! Zwei Stellen bitte noch.")


def _transmitted(stage: Stage, document: AgencyDocument, days: int) -> None:
    release_document(by=_lead(stage), document=document)
    transmit(by=_lead(stage), document=document, on=stage.ago(days), channel=Channel.PLATFORM)


def _accepted(stage: Stage, document: AgencyDocument, days: int) -> None:
    _transmitted(stage, document, days)
    accept(by=_lead(stage), document=document, on=stage.ago(days - 10))
