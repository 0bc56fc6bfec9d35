"""Appointments as an ICS file (RFC 5545). What leaves the house this way says when and where, never who."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from icalendar import Calendar, Event, vCalAddress, vText

LONG = timedelta(hours=1)
_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Appointment:
    """`ref` is the public id: the same appointment sent again replaces the former in the calendar."""

    ref: str
    title: str
    starts_at: datetime
    place: str = ""
    lasts: timedelta = LONG
    is_cancelled: bool = False
    is_whole_day: bool = False


def anonymous_ref(public_id: str) -> str:
    """The same for the same appointment, and nothing that Lotse has an address for."""
    return salted_hmac("lotse.calendar", public_id, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:32]


def calendar_text(appointments: Iterable[Appointment]) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Lotse//Termine//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for appointment in appointments:
        calendar.add_component(_event(appointment))
    return calendar.to_ical().decode()


def _event(appointment: Appointment) -> Event:
    """Times in UTC: every calendar understands them without a table of time zones."""
    event = Event()
    event.add("uid", f"{appointment.ref}@lotse")
    event.add("dtstamp", timezone.now().astimezone(UTC))
    if appointment.is_whole_day:
        event.add("dtstart", timezone.localdate(appointment.starts_at))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", appointment.starts_at.astimezone(UTC))
        event.add("dtend", (appointment.starts_at + appointment.lasts).astimezone(UTC))
    event.add("summary", appointment.title)
    if appointment.place:
        event.add("location", appointment.place)
    if appointment.is_cancelled:
        event.add("status", "CANCELLED")
    return event


@dataclass(frozen=True)
class Invited:
    """Who asks whom. `sequence` counts what was sent about the same appointment: the higher number holds (RFC 5546)."""

    organiser: str
    organiser_email: str
    guest: str
    guest_email: str
    sequence: int = 0
    words: str = ""


def invitation_text(appointment: Appointment, invited: Invited) -> str:
    """For one guest, who reads nobody else's address: a calendar puts it in, moves it, or with a cancelled one takes it out."""
    calendar, event = Calendar(), _event(appointment)
    calendar.add("prodid", "-//Lotse//Termine//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.is_cancelled else "REQUEST")
    event.add("sequence", invited.sequence)
    event.add("organizer", _address(invited.organiser, invited.organiser_email))
    event.add("attendee", _address(invited.guest, invited.guest_email, rsvp="FALSE", partstat="NEEDS-ACTION"))
    if invited.words:
        event.add("description", invited.words)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _address(name: str, email: str, **more: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    for key, value in {"cn": name, **more}.items():
        address.params[key] = vText(value)
    return address


def method_of(text: str) -> str:
    """What a calendar file asks for; mail programs want to read it beside its type as well."""
    found = _METHOD.search(text)
    return found.group(1) if found else "PUBLISH"


def calendar_answer(appointments: Iterable[Appointment], filename: str) -> HttpResponse:
    answer = HttpResponse(calendar_text(appointments), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer
