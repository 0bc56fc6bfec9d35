"""Appointments as calendars read them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from icalendar import Calendar

from lotse.casework.actions.clients import note_appointment
from lotse.correspondence.calendars import Appointment, calendar_text

NINE = datetime(2026, 7, 1, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def test_appointment_says_when_where_and_what():
    (event,) = Calendar.from_ical(calendar_text([Appointment("abc", "Termin", NINE, "Büro, 2. Stock; links")])).walk(
        "VEVENT"
    )

    assert (str(event["UID"]), str(event["SUMMARY"]), str(event["LOCATION"])) == (
        "abc@lotse", "Termin", "Büro, 2. Stock; links"
    )  # fmt: skip
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        datetime(2026, 7, 1, 7, tzinfo=UTC), datetime(2026, 7, 1, 8, tzinfo=UTC)
    )  # fmt: skip


def test_cancelled_appointment_says_so():
    text = calendar_text([Appointment("abc", "Termin", NINE, is_cancelled=True)])

    assert "STATUS:CANCELLED\r\n" in text


def test_lines_are_folded_at_75_octets_and_end_with_crlf():
    text = calendar_text([Appointment("abc", "Ü" * 200, NINE)])

    lines = text.encode().split(b"\r\n")
    assert (lines[-1], max(len(line) for line in lines) <= 75, b"\n" in b"".join(lines)) == (b"", True, False)


def test_my_appointments_leave_the_house_without_names(world, login):
    by = world.counsellor.actor
    note_appointment(by=by, site=world.site, name="Mira Özdemir", takes_place_at=timezone.now() + timedelta(days=1))
    note_appointment(by=by, site=world.site, name="Ali", takes_place_at=timezone.now() + timedelta(days=2))

    answer = login(world.counsellor).get("/termine/termine.ics")

    text = answer.content.decode()
    assert (text.count("BEGIN:VEVENT"), "Mira" in text, "LOCATION" in text) == (2, False, False)
    assert answer["Content-Disposition"] == 'attachment; filename="termine.ics"'
    assert login(world.colleague).get("/termine/termine.ics").content.decode().count("BEGIN:VEVENT") == 0
