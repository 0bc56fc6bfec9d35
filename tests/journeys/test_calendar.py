"""A counsellor's week in a real browser: arrange by keyboard, move at the same time as somebody else, make the contact."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from lotse.casework.actions.calendar import change_appointment
from lotse.casework.models import Appointment, Contact
from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


def monday(weeks=0, hour=9):
    today = timezone.localdate()
    return datetime.combine(today - timedelta(days=today.weekday()) + timedelta(weeks=weeks), time(hour))


def save(page):
    page.get_by_role("button", name="Speichern", exact=True).click()


@WIDTHS
def test_from_the_week_to_a_series_and_back(world, page, sign_in, accessible, width):
    client = make.person(world, last_name="Haddad", interpreter_needed=True, contact_language="ar")
    day = monday(weeks=1)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    page.goto("/termine/")
    accessible()
    page.get_by_role("link", name="nächste").press("Enter")
    page.get_by_role("link", name=f"Termin am {day:%d.%m.%Y}").press("Enter")
    accessible()
    page.get_by_label("Mit wem?").fill("Haddad")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Mira Haddad").press("Enter")
    page.get_by_label("von", exact=True).fill("09:00")
    page.get_by_label("Wie oft").select_option("weekly")
    page.get_by_label("Anzahl der Termine").fill("3")
    page.get_by_label("Raum").fill("Zimmer 2")
    accessible()
    save(page)

    page.get_by_text("Termin vereinbart.").wait_for()
    accessible()
    assert [(row.client, row.room, row.interpreter_language) for row in Appointment.objects.all()] == [(client, "Zimmer 2", "ar")] * 3  # fmt: skip
    page.goto(f"/termine/?tag={day:%Y-%m-%d}")
    page.get_by_role("link", name="Mira Haddad").click()
    accessible()
    page.get_by_label("auch alle folgenden der Serie").check()
    page.get_by_role("button", name="Person hat abgesagt").click()
    page.get_by_text("Festgehalten: abgesagt von der Person.").wait_for()
    assert set(Appointment.objects.values_list("state", flat=True)) == {"cancelled_by_client"}


@WIDTHS
def test_two_people_move_the_same_appointment(world, page, sign_in, accessible, width):
    (row,) = make.appointment(world, starts=monday(weeks=1))
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    page.goto(f"{row.get_absolute_url()}aendern/")
    page.get_by_label("von", exact=True).fill("11:00")
    kept = {name: getattr(row, name) for name in ("purpose", "place", "person", "site")}
    change_appointment(
        by=world.counsellor.actor, appointment=row, on=monday(weeks=1).date(), begins=time(14), minutes=60, **kept
    )

    save(page)
    page.get_by_text("Inzwischen wurde gespeichert.").wait_for()
    accessible()
    page.locator("#other-begins").check()
    save(page)

    page.get_by_text("Termin gespeichert.").wait_for()
    assert timezone.localtime(Appointment.objects.get().starts_at).hour == 14


@WIDTHS
def test_a_clash_is_acknowledged_and_a_contact_made(world, page, sign_in, accessible, width):
    case = make.case(world)
    start = timezone.localtime().replace(tzinfo=None, second=0, microsecond=0) - timedelta(minutes=30)
    make.appointment(world, of=case.client, starts=start, minutes=20)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    page.goto(f"/akte/{case.client.public_id}/termine/neu/")
    page.get_by_label("Tag", exact=True).fill(f"{start:%Y-%m-%d}")
    page.get_by_label("von", exact=True).fill(f"{start:%H:%M}")
    save(page)
    page.get_by_label("hat da schon einen Termin").check()
    accessible()
    page.get_by_label("Telefon", exact=True).check()
    save(page)
    page.get_by_text("Termin vereinbart.").wait_for()

    row = Appointment.objects.get(place="phone")
    page.goto(row.get_absolute_url())
    accessible()
    page.get_by_role("link", name="Kontakt daraus machen").click()
    page.get_by_label("Wohnen").check()
    accessible()
    save(page)
    page.get_by_text("Kontakt gespeichert.").wait_for()
    assert (Contact.objects.get().minutes, Contact.objects.get().channel) == (60, "phone")


@WIDTHS
def test_calendar_of_ones_own_and_the_sums(world, page, sign_in, accessible, width):
    make.appointment(world, interpreter_language="ti")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    page.goto("/termine/kalender/")
    accessible()
    page.get_by_role("button", name="Adresse erzeugen").click()
    address = page.get_by_label("Adresse").input_value()
    accessible()
    assert "BEGIN:VEVENT" in page.request.get("/kalender/termine.ics?" + address.split("?")[1]).text()
    page.get_by_label("keine E-Mail").check()
    save(page)
    page.get_by_text("Gespeichert.").wait_for()
    page.goto(f"/termine/sprachmittlung/?end={timezone.localdate().year + 1}-12-31&sprache=ti")
    accessible()
