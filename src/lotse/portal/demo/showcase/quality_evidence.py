"""A team that met and wrote minutes until lately; figures read, one confirmed; papers of which one has run out."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from lotse.network.actions.closing import close_meeting, note_presence, send_minutes
from lotse.network.actions.formats import add_member, begin_format
from lotse.network.actions.meetings import Day, plan_meetings
from lotse.network.enums import Function, Presence
from lotse.network.forms.formats import start_of
from lotse.network.holidays import working_day_from
from lotse.network.models import Attendance, Member, NetworkFormat
from lotse.organisations.actor import SystemActor
from lotse.portal.demo.showcase.heads import employed
from lotse.portal.demo.showcase.papers import signed_sheet
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage
from lotse.quality.actions import evidence as acts
from lotse.quality.actions import evidence_documents as papers
from lotse.quality.enums import SubmissionMode
from lotse.quality.gauges import evidence
from lotse.quality.models import Criterion, EvidenceDocument, Framework
from lotse.quality.queries.living import sign_of

LATELY = 45  # days since which nobody sends minutes any more
PAPERS = (
    ("Konzeption der Fachdienste", "mi-1.2", 300, 25, SubmissionMode.SUBMIT),
    ("Leistungsbeschreibung Migrationsberatung", "mi-1.3", 400, -12, SubmissionMode.SUBMIT),
    ("Dienstanweisung zum Eigentum von Klient*innen", "mi-6-a", 500, None, SubmissionMode.SUBMIT),
    ("Beispielprotokoll einer Fallbesprechung", "mi-3-f", 90, 200, SubmissionMode.ON_SITE_ONLY),
)


def tell(stage: Stage) -> None:
    own = stage.own
    by = employed(stage.site, "Ruth", "Beispielrunde", "integration_officer")
    _team(stage, by, "team_case", every=21, minuted_until=LATELY)
    _team(stage, by, "team_staff", every=60)
    for house in (own.organisation, stage.neighbours.organisation):
        acts.read_evidence(by=SystemActor("Kennzahlen lesen", organisation_id=house.pk), organisation=house)
    framework = Framework.objects.get(organisation=own.organisation, key=evidence().framework)
    _confirm(stage, framework, "mi-3-e", "team_case")
    for title, slug, began, expires, mode in PAPERS:
        _file(stage, framework, slug, title=title, mode=mode, **_days(stage, began, expires))
    _renewed(stage, framework)


def _team(stage: Stage, by: Player, key: str, *, every: int, minuted_until: int = 0) -> None:
    """It meets for half a year."""
    start = {**start_of(key), "reports_to": None, "begun_on": stage.ago(400)}
    format = begin_format(by=by.actor, kind=key, **start)
    for who in (by, stage.helin, stage.petra, stage.mara):
        made = add_member(by=by.actor, format=format, name=str(who.person), function=Function.MEMBER, institution="")
        Member.objects.filter(pk=made.pk).update(valid_from=format.begun_on, person=who.person)
    for days in range(180 // every * every, 0, -every):
        _held(by, format, stage.ago(days), is_minuted=days > minuted_until)


def _held(by: Player, format: NetworkFormat, on: date, *, is_minuted: bool) -> None:
    begins = timezone.make_aware(datetime.combine(working_day_from(on), time(9)))
    if begins > timezone.now():
        return
    (meeting,) = plan_meetings(by=by.actor, planned=[(format, Day(begins, format.lasts))])
    there = Attendance.objects.filter(meeting=meeting).values_list("public_id", flat=True)
    note_presence(by=by.actor, meeting=meeting, presences=dict.fromkeys(there, Presence.PRESENT))
    close_meeting(by=by.actor, meeting=meeting)
    if is_minuted:
        send_minutes(by=by.actor, meeting=meeting)


def _criterion(framework: Framework, slug: str) -> Criterion:
    return Criterion.objects.get(framework=framework, slug=slug)


def _confirm(stage: Stage, framework: Framework, slug: str, gauge: str) -> None:
    criterion, by = _criterion(framework, slug), stage.helin.actor
    sign = sign_of(by, criterion, gauge, stage.today)
    if sign and sign.speaks and sign.current and sign.current.value is not None:
        note = "Alle drei Wochen dienstags, mit den Fällen der Woche."
        acts.confirm_evidence(by=by, criterion=criterion, gauge=gauge, value=sign.current.value, note=note)


def _days(stage: Stage, began: int, expires: int | None) -> dict[str, Any]:
    last = stage.today if expires is None else stage.ago(-expires)
    return {"begins_on": stage.ago(began), "ends_on": last, "expires_on": None if expires is None else last}


def _file(stage: Stage, framework: Framework, slug: str, title: str, **said: Any) -> EvidenceDocument:
    by = stage.helin.actor
    with signed_sheet(by, title) as received:
        return papers.file_document(
            by=by, organisation=framework.organisation, received=received, title=title, owner=stage.mara.person,
            criterion=_criterion(framework, slug), **said,
        )  # fmt: skip


def _renewed(stage: Stage, framework: Framework) -> None:
    """The plan of deputies of last year and of this one; one paper for both catalogues."""
    made = _file(
        stage, framework, "mi-3-b", "Vertretungsplan", mode=SubmissionMode.SUBMIT, **_days(stage, 500, -135)
    )  # fmt: skip
    with signed_sheet(stage.mara.actor, "Vertretungsplan neu") as received:
        papers.renew_document(by=stage.mara.actor, document=made, received=received, **_days(stage, 135, 230))
    other = Criterion.objects.filter(organisation=framework.organisation, slug="s-3").first()
    if other:
        papers.link_document(by=stage.helin.actor, document=made, criterion=other)
