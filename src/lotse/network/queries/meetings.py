"""Meetings: one, those to come, those of a year, and whose place is whose."""

from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from lotse.core.calendars import CalendarEntry
from lotse.core.finding import found
from lotse.correspondence.links import open_link
from lotse.network.enums import MeetingState, Reply
from lotse.network.models import Attendance, Meeting
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person

LINK = "network.reply"  # what a signed link in an invitation is for
INVITED = "network.invited"  # from this morning on; asked by *Heute* (queries/work.py)


def _meetings(actor: Actor) -> QuerySet[Meeting]:
    return Meeting.objects.visible_to(actor)


def with_my_place(actor: Actor, rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Her own place in `mine`, one statement for all of them."""
    places = Attendance.objects.filter(person_id=actor.person_id)
    return rows.prefetch_related(Prefetch("attendances", places, to_attr="mine"))


def get_meeting(actor: Actor, public_id: str) -> Meeting:
    whole = ("format__organisation", "organisation", "moderator", "minute_taker", "replaces", "replaced_by")
    return found(_meetings(actor).select_related(*whole), public_id)


def coming_meetings(actor: Actor, now: datetime) -> QuerySet[Meeting]:
    """From this morning on."""
    rows = _meetings(actor).filter(ends_at__gte=now.replace(hour=0, minute=0)).select_related("format")
    return with_my_place(actor, rows.order_by("starts_at", "id"))


def past_meetings(actor: Actor, now: datetime) -> QuerySet[Meeting]:
    rows = _meetings(actor).filter(ends_at__lt=now.replace(hour=0, minute=0)).select_related("format")
    return with_my_place(actor, rows.order_by("-starts_at", "-id"))


def year_of(actor: Actor, year: int) -> list[tuple[date, list[Meeting]]]:
    """Twelve months with everything in them that she sees; two statements, however many meetings."""
    months: dict[date, list[Meeting]] = {date(year, month, 1): [] for month in range(1, 13)}
    for meeting in _meetings(actor).filter(starts_at__year=year).select_related("format"):
        months[timezone.localdate(meeting.starts_at).replace(day=1)].append(meeting)
    return list(months.items())


def places_of(actor: Actor, meeting: Meeting) -> list[Attendance]:
    return list(Attendance.objects.visible_to(actor).filter(meeting=meeting).select_related("person"))


def get_place(actor: Actor, meeting: Meeting, public_id: str) -> Attendance:
    return found(Attendance.objects.visible_to(actor).filter(meeting=meeting).select_related("meeting"), public_id)


def my_place(actor: Actor, meeting: Meeting) -> Attendance | None:
    return Attendance.objects.filter(meeting=meeting, person_id=actor.person_id).first()


def people_in(meeting: Meeting) -> list[Person]:
    """Who can moderate or take the minutes: whoever is invited and has an account; guests do not."""
    places = Attendance.objects.filter(meeting=meeting, person__isnull=False, is_guest=False).select_related("person")
    return [place.person for place in places if place.person]


def place_behind(token: str) -> Attendance:
    """Whose link it is; raises `LinkInvalid`. What was called off has no link any more."""
    link = open_link(token, purpose=LINK)
    rows = Attendance.objects.select_related("meeting__format__organisation", "meeting__replaced_by")
    return found(rows, link.object_ref)


def calendar(actor: Actor, start: datetime, end: datetime) -> list[CalendarEntry]:
    """Meetings to which she herself is invited, for her week and her day. One statement; none on a page that has asked before
    whether there is any from today on."""
    if actor.known(INVITED) is False and timezone.localdate(start) >= timezone.localdate():
        return []
    rows = Attendance.objects.filter(
        person_id=actor.person_id, meeting__starts_at__gte=start, meeting__starts_at__lt=end
    )
    seen = rows.select_related("meeting__format").order_by("meeting__starts_at", "id")
    return [_entry(place) for place in seen]


_BADGES = {
    MeetingState.PLANNED: ("geplant", "none"),
    MeetingState.CANCELLED: ("abgesagt", "none"),
    MeetingState.RESCHEDULED: ("verlegt", "none"),
}


def _entry(place: Attendance) -> CalendarEntry:
    meeting = place.meeting
    badges = [_BADGES[meeting.state]] if meeting.state in _BADGES else []
    waits = meeting.state == MeetingState.INVITED and place.reply == Reply.OPEN and meeting.ends_at > timezone.now()
    url = reverse("network:meeting", args=[meeting.public_id])
    return CalendarEntry(
        ref=meeting.public_id, starts_at=meeting.starts_at, ends_at=meeting.ends_at, title=meeting.format.name, url=url,
        place=meeting.place or ("Video" if meeting.video_link else ""), badges=tuple(badges),
        next_url=url if waits else "", next_label="Antworten", is_off=meeting.is_off or place.reply == Reply.NO,
    )  # fmt: skip
