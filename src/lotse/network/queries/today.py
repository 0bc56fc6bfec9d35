"""What the network wants of somebody today: answers, meetings, minutes to send, charters and meetings that are missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from lotse.network.enums import MeetingState, Reply
from lotse.network.models import Attendance, Meeting
from lotse.network.queries.formats import running_formats
from lotse.network.states import COMING
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

WEEK = timedelta(days=7)
SHOWN = 8


@dataclass(frozen=True)
class WorkItem:
    """A line on *Heute*: what it is about, where to go, in which tone, and one sentence."""

    title: str
    url: str
    sentence: str
    badge: str = ""
    tone: str = ""


def work_items(actor: Actor, today: date, *, has_calendar: bool = False) -> list[WorkItem]:
    """One statement for who is only invited; three more for who organises. `has_calendar`: her meetings of the week stand
    beside it anyway, and only what wants an answer is told."""
    items = list(_invited(actor, today, has_calendar))
    if actor.may(Permission.ORGANISE_NETWORK):
        items += [*_to_finish(actor, today), *_formats(actor, today)]
    return items


def _invited(actor: Actor, today: date, has_calendar: bool) -> Iterable[WorkItem]:
    mine = Attendance.objects.filter(
        person_id=actor.person_id, meeting__state__in=COMING,
        meeting__ends_at__gte=timezone.now() - timedelta(hours=12), meeting__starts_at__lt=timezone.now() + 12 * WEEK,
    )  # fmt: skip
    for place in mine.select_related("meeting__format").order_by("meeting__starts_at", "id")[: 2 * SHOWN]:
        meeting = place.meeting
        day = timezone.localdate(meeting.starts_at)
        waits = meeting.state == MeetingState.INVITED and place.reply == Reply.OPEN
        is_near = day <= today + WEEK and place.reply != Reply.NO and not has_calendar
        if waits or is_near:
            yield _line(meeting, _when(meeting, today), "Kommen Sie?" if waits else "", "")


def _to_finish(actor: Actor, today: date) -> Iterable[WorkItem]:
    """Over and not closed, or closed and the minutes not sent."""
    rows = Meeting.objects.filter(
        organisation_id=actor.organisation_id, ends_at__lt=timezone.now(), minutes_sent_at=None
    )
    open_ones = rows.filter(state__in=(*COMING, MeetingState.HELD))
    for meeting in open_ones.select_related("format").order_by("starts_at", "id")[:SHOWN]:
        words = "Protokoll noch nicht verschickt" if meeting.is_held else "noch nicht abgeschlossen"
        yield _line(meeting, _when(meeting, today), words, "warn")


def _formats(actor: Actor, today: date) -> Iterable[WorkItem]:
    own = [pair for pair in running_formats(actor) if pair[0].organisation_id == actor.organisation_id]
    for format, standing in own:
        url = reverse("network:format", args=[format.public_id])
        if standing.is_in_danger:
            yield WorkItem(format.name, url, standing.warning, "Mindestzahl", "warn")
        if not format.agreed:  # type: ignore[attr-defined] -- counted by the query
            yield WorkItem(format.name, url, "Noch nichts schriftlich vereinbart.", "Vereinbarung fehlt", "warn")


def _when(meeting: Meeting, today: date) -> str:
    begins = timezone.localtime(meeting.starts_at)
    day = "heute" if begins.date() == today else date_format(begins, "l, j. F")
    return f"{day}, {begins:%H:%M} Uhr"


def _line(meeting: Meeting, sentence: str, badge: str, tone: str) -> WorkItem:
    return WorkItem(meeting.format.name, reverse("network:meeting", args=[meeting.public_id]), sentence, badge, tone)
