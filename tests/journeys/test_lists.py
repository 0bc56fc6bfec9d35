"""Keeping lists and texts in a real browser, wide and narrow."""

import pytest

from lotse.catalogues.models import CatalogueOverride, TextRelease

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/listen/", "/listen/goal/", "/listen/country/", "/listen/goal/neu/", "/listen/goal/find_flat/", "/listen/texte/",
    "/listen/texte/ar/recording/", "/listen/texte/fr/words/",
)  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_pages_of_lists_and_texts_are_accessible(world, page, sign_in, accessible, width):
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(world.technical_lead)
    for address in PAGES:
        page.goto(address)
        accessible()


def test_lead_renames_an_entry_and_releases_a_translation(world, page, sign_in, accessible):
    sign_in(world.technical_lead)
    page.get_by_role("link", name="Listen und Texte").first.click()
    page.get_by_role("link", name="Grund des Endes").click()
    page.get_by_role("link", name="ändern Umzug").click()
    page.get_by_label("Bezeichnung").fill("weggezogen")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Vorgabe: Umzug").wait_for()

    page.get_by_role("link", name="Listen und Texte").first.click()
    page.get_by_role("link", name="Texte für Klient*innen").click()
    page.get_by_role("link", name="Einwilligung: Daten speichern auf Arabisch").click()
    page.get_by_label("Geprüft von").fill("D. Beispiel, Übersetzerin")
    page.get_by_role("button", name="Freigeben").click()
    page.get_by_role("button", name="Freigabe zurücknehmen").wait_for()
    accessible()

    assert (CatalogueOverride.objects.get().label, TextRelease.objects.get().language) == ("weggezogen", "ar")
