"""Who speaks for the carrier where; the way of the coordination round; an exchange of data that holds and one that waits."""

from datetime import date
from typing import Any

from django.utils import timezone

from lotse.network.actions import alignment, exchanges
from lotse.network.actions.formats import add_member, begin_format
from lotse.network.actions.mandates import enter_time, grant_mandate
from lotse.network.actions.processes import begin_process, enter_outreach, keep_step, rate_precondition
from lotse.network.enums import Direction, Met, OutreachKind, Presence
from lotse.network.models import Alignment, AlignmentParty, Attendance, ExchangeProcess, Member, NetworkFormat
from lotse.network.packaged import kind
from lotse.network.queries.mandates import usual_minutes
from lotse.portal.demo.district import grant
from lotse.portal.demo.showcase.papers import signed_sheet
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage

FOUNDATIONS = (
    ("actors", Met.PARTLY, "Das Jobcenter fehlt noch."),
    ("common_goal", Met.YES, "Beschlossen im Frühjahr, mit Zahlen zum Bedarf."),
    ("time", Met.NO, "Die Runden liegen neben der Sprechzeit."),
)


def tell(stage: Stage) -> None:
    forum, round_ = _format(stage, "intman_forum"), _format(stage, "coordination_round")
    _integration_managers(stage)
    _mandates(stage, forum, round_)
    _own_time(stage)
    _way(stage)
    _foundations(stage, round_)
    _for_others(stage)
    _exchanges(stage)


def _format(stage: Stage, key: str) -> NetworkFormat:
    """The one that the stories of meetings have begun, else a new one."""
    houses = (stage.district.organisation, stage.site.organisation)
    known = NetworkFormat.objects.running().filter(kind=key, organisation__in=houses).order_by("pk").first()
    if known is not None:
        return known
    usual = kind(key)
    return begin_format(
        by=stage.district.lead.actor, kind=key, name=usual.name, level=usual.level, at_least=usual.at_least, per=usual.per,
        has_inner_part=usual.has_inner_part, needs_mandate=usual.needs_mandate, begun_on=date(stage.last_year - 1, 1, 1),
    )  # fmt: skip


def _integration_managers(stage: Stage) -> None:
    """Indicator 17 asks for people with this role."""
    for who in (stage.mara, stage.jonas):
        grant(who.person, stage.site.organisation, "intman", stage.site)


def _mandates(stage: Stage, forum: NetworkFormat, round_: NetworkFormat) -> None:
    partners = _format(stage, "external_exchange")
    for who, format, days in ((stage.mara, forum, 300), (stage.jonas, round_, 300), (stage.mara, partners, 40)):
        _belongs(stage, who, format)
        held = who.person.mandates.filter(format=format, valid_to__gte=stage.today)
        if not held.exists():
            grant_mandate(
                by=stage.helin.actor, person=who.person, format=format, scope="spricht für die IntMan des Trägers",
                valid_from=stage.ago(320), valid_to=stage.ahead(days),
            )  # fmt: skip


def _belongs(stage: Stage, who: Player, format: NetworkFormat) -> None:
    if not Member.objects.filter(format=format, person=who.person).exists():
        by = stage.district.lead if format.organisation == stage.district.organisation else stage.helin
        add_member(by=by.actor, format=format, name=f"{who.person}", email=who.person.user.email)


def _own_time(stage: Stage) -> None:
    """Of all her meetings but the last."""
    rows = Attendance.objects.filter(person=stage.mara.person, presence=Presence.PRESENT)
    mine = rows.filter(meeting__ends_at__lt=timezone.now()).select_related("meeting__format")
    for place in mine.order_by("-meeting__starts_at")[1:]:
        enter_time(by=stage.mara.actor, attendance=place, minutes=usual_minutes(stage.mara.actor, place))


def _way(stage: Stage) -> None:
    by, mara = stage.helin, stage.mara.person
    need, kickoff, first, *_others = begin_process(by=by.actor, kind="optimisation", lead=by.person).steps.all()
    keep_step(
        by=by.actor, step=need, responsible=by.person, done_on=stage.ago(60), note="Alle Träger wollen mitmachen."
    )
    keep_step(
        by=by.actor,
        step=kickoff,
        responsible=by.person,
        done_on=stage.ago(25),
        note="Ziel: kürzere Wege zur Ausländerbehörde.",
    )
    keep_step(
        by=by.actor, step=first, responsible=mara, due_on=stage.ahead(4), note="Schwierigkeiten aus dem Forum sammeln."
    )
    begin_process(by=stage.petra.actor, kind="recommendations", lead=stage.petra.person)


def _foundations(stage: Stage, format: NetworkFormat) -> None:
    by = stage.district.lead if format.organisation == stage.district.organisation else stage.helin
    for year in (stage.last_year, stage.today.year):
        for key, met, sentence in FOUNDATIONS[: 3 if year < stage.today.year else 2]:
            if year >= format.begun_on.year:
                rate_precondition(by=by.actor, format=format, key=key, year=year, met=met, sentence=sentence)


def _for_others(stage: Stage) -> None:
    for kind_of, days, title, reached in (
        (OutreachKind.INFORMATION, 20, "Was macht die Migrationsberatung? Infotag im Familienzentrum", 18),
        (OutreachKind.TRAINING, 75, "Schulung: Aufenthaltstitel kurz erklärt, für das Jobcenter", 11),
        (OutreachKind.JOINT, 110, "Sprachcafé mit der Stadtbücherei", 40),
    ):
        enter_outreach(by=stage.mara.actor, kind=kind_of, on=stage.ago(days), title=title, reached=reached)


def _exchanges(stage: Stage) -> None:
    by = stage.helin.actor
    within = alignment.begin_alignment(
        by=by, title="Warme Übergabe zwischen Träger und Stadt", contact=stage.helin.person, clear_by=stage.ahead(30), done_by=stage.ahead(120)
    )  # fmt: skip
    city = alignment.add_party(by=by, alignment=within, name="Stadt Beispielstadt", officer="Frau Muster")
    alignment.tell_example(
        by=stage.mara.actor, alignment=within, text="Nach einem Umzug sollte der Plan mitgehen. Die neue Stelle durfte ihn nicht annehmen.",
        hindered="Dort gilt nur die eigene Einwilligung.",
    )  # fmt: skip
    for party, text, aligned in (
        (None, "Die Einwilligung nennt die neue Stelle.", "Ein gemeinsames Blatt, das beide Stellen nennt."),
        (city, "Es zählt nur das eigene Formular.", ""),
    ):
        alignment.state_rule(
            by=by, alignment=within, party=party, subject="Einwilligung zur Weitergabe", text=text, aligned=aligned
        )
    agreed = _drafted(stage, within, city, purpose="Warme Übergabe nach einem Umzug", direction=Direction.BOTH)
    exchanges.agree_to_exchange(by=stage.rana.actor, exchange=agreed)
    with signed_sheet(by, "ja-der-stadt") as received:
        exchanges.record_other_yes(by=by, exchange=agreed, officer="Frau Muster", on=stage.ago(3), received=received)
    _drafted(stage, within, city, purpose="Termine im Sprachkurs melden", direction=Direction.RECEIVE)


def _drafted(stage: Stage, within: Alignment, party: AlignmentParty, **more: Any) -> ExchangeProcess:
    return exchanges.draft_exchange(
        by=stage.helin.actor, alignment=within, party=party, categories="Name, Anschrift\nStand des Förderplans",
        legal_basis="Einwilligung der Klient*innen, Art. 6 Abs. 1 Buchst. a DSGVO", conditions="Nur im Gespräch zu dritt.",
        valid_from=stage.ago(2), valid_to=stage.ahead(360), **more,
    )  # fmt: skip
