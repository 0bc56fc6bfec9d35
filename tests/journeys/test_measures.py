"""An agency's worker after an event, on her phone: in under a minute it is entered and proven; another list signs itself."""

import time
from datetime import date

import pytest
from django.utils import timezone

from lotse.agency.models import Measure, MeasureEvidence, SignedName, SignInSheet, SocialSpace
from lotse.partners.models import Partner
from tests.documents.files import pdf
from tests.factories import agencies

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


@pytest.fixture
def house(world):
    made = agencies.build(world)
    year = timezone.localdate().year
    plan = made.document(funding_year=year, until_year=year)
    made.task(plan, title="Eltern und Schule kommen ins Gespräch")
    made.task(plan, title="Treffpunkte im Hochfeld", field="BE")
    made.measure(title="Elterncafé", kind="event", place="Bürgerhaus Nordstadt", on=date(year, 1, 9), funding_year=year)
    SocialSpace.objects.create(organisation=made.agency.parent, agency=made.agency, name="Hochfeld")
    for name in ("Grundschule am Park", "Kita Regenbogen", "Elternverein Nordstadt"):
        Partner.objects.create(organisation=world.nordstadt, name=name, name_key=name.lower(), category="school")
    return made


def test_an_event_is_entered_and_proven_in_under_a_minute(house, page, sign_in, look):
    sign_in(house.world.worker)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/agentur/massnahmen/")
    look("massnahmen")
    began = time.monotonic()
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_role("link", name="Maßnahme eintragen").click()
    look("massnahme-neu")
    page.get_by_label("Was?").fill("Elternabend zum Übergang in die Schule")
    page.get_by_label("Ort").fill("Bürgerhaus Nordstadt")
    page.get_by_label("Gehört zur Aufgabe").select_option(label="Eltern und Schule kommen ins Gespräch")
    page.get_by_label("Teilnehmende").fill("23")
    page.get_by_label("Liste, Foto oder Presse").set_input_files(
        [{"name": "liste.pdf", "mimeType": "application/pdf", "buffer": pdf()}]
    )
    press(page, "Speichern")
    assert time.monotonic() - began < 60
    made = Measure.objects.latest("pk")
    assert (made.participants, made.task.title) == (23, "Eltern und Schule kommen ins Gespräch")
    look("massnahme")
    page.get_by_role("link", name="ändern", exact=True).click()
    page.get_by_text("Teilnehmende nach Gruppen").click()
    page.get_by_text("Mehr angeben").click()
    look("massnahme-aendern")
    page.goto("/agentur/nachweise/")
    look("nachweise")
    page.get_by_role("link", name="Teilnehmerliste vom").click()
    look("nachweis-oeffnen")


def test_people_sign_in_with_their_phones_and_one_paper_is_left(house, page, sign_in, look):
    measure = house.measure(title="Lesefest im Hof", on=timezone.localdate(), place="Hof der Grundschule")
    sign_in(house.world.worker)
    page.goto(f"/agentur/massnahmen/{measure.public_id}/liste/")
    look("liste-beginnen")
    press(page, "Liste zum Eintragen öffnen")
    sheet = SignInSheet.objects.get()
    address = page.url
    page.context.clear_cookies()
    page.goto(f"/agentur/anmelden/?t={sheet.token}")
    look("eintragen")
    page.get_by_label("Ihr Name").fill("Ayla Beispiel")
    page.get_by_label("Einrichtung oder Verein").fill("Elternverein")
    press(page, "Eintragen")
    look("eingetragen")
    assert SignedName.objects.get().name == "Ayla Beispiel"
    sign_in(house.world.worker)
    page.goto(address)
    look("liste-offen")
    press(page, "Abschließen und ablegen")
    assert (SignedName.objects.count(), MeasureEvidence.objects.count()) == (0, 1)
    page.goto("/agentur/ehrenamt/neu/")
    page.get_by_label("Name").fill("Bo Muster")
    page.get_by_label("Qualifikation").fill("Lesepate, samstags")
    press(page, "Speichern")
    page.goto("/agentur/ehrenamt/einsatz/")
    look("einsatz")
    page.get_by_label("Stunden").fill("1,5")
    press(page, "Speichern")
    look("ehrenamt")
    page.goto("/agentur/material/neu/")
    page.get_by_label("Material").fill("Vorlesekoffer")
    press(page, "Speichern")
    look("material")
