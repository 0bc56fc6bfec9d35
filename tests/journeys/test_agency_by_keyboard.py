"""A measure is entered and proven with the keyboard alone."""

import pytest
from django.utils import timezone

from lotse.agency.models import Measure, MeasureEvidence
from tests.documents.files import pdf
from tests.factories import agencies
from tests.journeys.test_network_by_keyboard import keys  # noqa: F401 -- a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_measure_is_entered_with_the_keyboard_alone(world, page, sign_in, keys, accessible):  # noqa: F811
    house, year = agencies.build(world), timezone.localdate().year
    house.task(house.document(funding_year=year, until_year=year), title="Treffpunkte")
    sign_in(world.worker)
    keys.press("Agentur")
    keys.press("Maßnahme eintragen")
    keys.type("Was?", "Elternabend")
    keys.type("Ort", "Bürgerhaus")
    keys.to("Gehört zur Aufgabe")
    page.keyboard.type("Treffpunkte")
    keys.type("Teilnehmende", "23")
    with page.expect_file_chooser() as chooser:  # asked for early: a busy browser would open its own
        keys.to("Liste, Foto oder Presse")
        page.keyboard.press("Enter")
    chooser.value.set_files([{"name": "liste.pdf", "mimeType": "application/pdf", "buffer": pdf()}])
    keys.to("Mehr angeben")
    page.keyboard.press("Enter")
    keys.type("Ergebnis", "Alle kamen wieder.")
    accessible()
    keys.press("Speichern")
    made = Measure.objects.get()
    assert (made.place, made.task.title, made.participants) == ("Bürgerhaus", "Treffpunkte", 23)
    assert (made.result, MeasureEvidence.objects.get().measure) == ("Alle kamen wieder.", made)
    keys.press("ändern")
    keys.type("Teilnehmende", "24")
    keys.press("Speichern")
    made.refresh_from_db()
    assert made.participants == 24
