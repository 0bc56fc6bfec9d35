"""Inside actions: mail about a meeting: invitation, other time, cancelled, moved; each with an entry for the calendar and a link to answer."""

from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode

from lotse.correspondence.calendars import Appointment, Invited, anonymous_ref, invitation_text
from lotse.correspondence.letters import Letter, letter
from lotse.correspondence.links import make_link, revoke_links
from lotse.correspondence.outbox import queue_mail
from lotse.network.models import Attendance, Meeting
from lotse.network.queries.agenda import open_part_begins
from lotse.network.queries.meetings import LINK
from lotse.organisations.models import Organisation

LEAST = timedelta(days=1)


def _letter(key: str, title: str, subject: str) -> Letter:
    return letter(f"network.{key}", title, subject=subject, template=f"network/letters/{key}.txt")


INVITED = _letter("invitation", "Einladung", "Einladung zu einem Treffen")
GUEST = INVITED
UPDATED = _letter("updated", "Änderung eines Termins", "Geänderter Termin")
CANCELLED = _letter("cancelled", "Absage", "Absage eines Treffens")
MOVED = _letter("moved", "Ersatztermin", "Absage und neuer Termin")


def tell_all(about: Letter, meeting: Meeting) -> list[Attendance]:
    """Inside an action: a mail for each; whoever has no address comes back."""
    house = Organisation.objects.get(pk=meeting.organisation_id)
    open_begins = open_part_begins(meeting)
    places = list(Attendance.objects.filter(meeting=meeting))
    for place in places:
        if place.email:
            _tell(about, meeting, place, house, open_begins, is_off=meeting.is_off)
    return [place for place in places if not place.email]


def tell(about: Letter, meeting: Meeting, place: Attendance, *, is_off: bool = False) -> None:
    if place.email:
        house = Organisation.objects.get(pk=meeting.organisation_id)
        _tell(about, meeting, place, house, open_part_begins(meeting), is_off=is_off or meeting.is_off)


def _tell(
    about: Letter, meeting: Meeting, place: Attendance, house: Organisation, open_begins: datetime, *, is_off: bool
) -> None:
    begins = meeting.starts_at if place.in_inner_part else open_begins
    link = "" if is_off else _reply_link(meeting, place)
    queue_mail(
        about, organisation_id=meeting.organisation_id, to=place.email,
        values=_values(meeting, place, house, begins, link),
        calendar=_calendar(meeting, place, house, begins, is_off),
    )  # fmt: skip


def _values(meeting: Meeting, place: Attendance, house: Organisation, begins: datetime, link: str) -> dict[str, object]:
    former = meeting.replaces
    return {
        "meeting": meeting, "format": meeting.format, "name": place.name, "house": house.name, "link": link,
        "when": when_of(begins), "until": f"{timezone.localtime(meeting.ends_at):%H:%M}", "is_guest": place.is_guest,
        "has_account": place.person_id is not None, "former_when": when_of(former.starts_at) if former else "",
        "reason": former.call_off_reason if former else meeting.call_off_reason,
    }  # fmt: skip


def when_of(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "l, j. F Y, H:i") + " Uhr"


def _reply_link(meeting: Meeting, place: Attendance) -> str:
    """A new one in every mail; it works until the meeting is over."""
    revoke_links(purpose=LINK, obj=place)
    lasts = max(meeting.ends_at - timezone.now(), LEAST)
    _link, token = make_link(purpose=LINK, obj=place, organisation_id=meeting.organisation_id, valid_for=lasts)
    return f"{settings.BASE_URL.rstrip('/')}{reverse('network:answer')}?{urlencode({'t': token})}"


def _calendar(meeting: Meeting, place: Attendance, house: Organisation, begins: datetime, is_off: bool) -> str:
    return invitation_text(
        entry_of(meeting, begins, is_off=is_off),
        Invited(house.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1], place.name, place.email, meeting.sequence),
    )


def entry_of(meeting: Meeting, begins: datetime, *, is_off: bool = False) -> Appointment:
    """A replacement keeps the entry of the first date, so that calendars move it."""
    return Appointment(
        anonymous_ref(root_of(meeting).public_id), meeting.format.name, begins, meeting.place or meeting.video_link,
        meeting.ends_at - begins, is_off,
    )  # fmt: skip


def root_of(meeting: Meeting) -> Meeting:
    while meeting.replaces is not None:
        meeting = meeting.replaces
    return meeting
