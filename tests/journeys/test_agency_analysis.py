"""An analysis from nothing to the first need, by a specialist of an agency."""

import pytest

from lotse.agency.actions.statistics import keep_agency_map
from lotse.agency.enums import DocumentKind
from lotse.agency.models import Analysis
from lotse.documents import geojson
from tests.agency.test_statistics import OLD
from tests.factories import agencies
from tests.factories.agencies import YEAR
from tests.insight.test_area_map import feature, file, moved

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def house(world):
    return agencies.build(world)


def test_an_analysis_grows_from_data_to_needs(house, page, sign_in, look):
    document = house.document(DocumentKind.ANALYSIS, until_year=YEAR + 1)
    at = f"/agentur/analyse/{document.public_id}/"
    sign_in(house.world.worker)
    page.goto(at)
    look("analysis-empty")
    page.get_by_role("link", name="Festlegen").click()
    page.get_by_role("radio", name="sozialraumorientiert").check()
    page.get_by_label("Sozialräume").fill("Nordstadt, Hafen")
    page.get_by_label("Sozialraumorientierte Arbeit").check()
    page.get_by_label("Antidiskriminierungsarbeit").check()
    page.get_by_label("Schwerpunkt").select_option("SR")
    look("analysis-reach")
    page.get_by_role("button", name="Speichern").click()

    page.get_by_label("Gesamtziel").fill("Menschen im Quartier kennen einander.")
    page.get_by_text("Gespeichert um").wait_for()
    assert Analysis.objects.get().overall_goal == "Menschen im Quartier kennen einander."

    page.locator("#daten").get_by_role("link", name="eingeben").click()
    page.get_by_label("Thema").fill("Schule")
    page.get_by_label("Quelle").fill("Schulamt")
    page.get_by_label("Gebiet").fill("Nordstadt")
    page.get_by_label("Stand", exact=True).fill("2025-12-31")
    page.get_by_label("Was").first.fill("Kinder ohne Ganztagsplatz")
    page.get_by_label("Wert").first.fill("212")
    look("analysis-data")
    page.get_by_role("button", name="Speichern und weiter eingeben").click()
    page.get_by_label("Gebiet").fill("Hafen")
    page.get_by_label("Was").first.fill("Kinder ohne Ganztagsplatz")
    page.get_by_label("Wert").first.fill("340")
    page.get_by_role("button", name="Speichern", exact=True).click()

    page.locator("#bedarfe").get_by_role("link", name="aufnehmen").click()
    page.get_by_label("Was fehlt, was ist zu tun?").fill("Es fehlen Orte für den Nachmittag.")
    page.get_by_label("Handlungsfeld").select_option("SR")
    page.get_by_label("212").check()
    look("analysis-need")
    page.get_by_role("button", name="Speichern").click()
    page.locator("#bedarfe").get_by_role("link", name="mit Daten verbinden").click()
    page.get_by_label("340").check()
    page.get_by_label("Es fehlen Orte").check()
    look("analysis-link")
    page.get_by_role("button", name="Verbinden").click()
    page.get_by_text("Verbunden.").wait_for()

    content = file(feature(), feature("Hafen", coordinates=moved(0.1)))
    keep_agency_map(by=house.world.worker.actor, agency=house.agency, areas=geojson.read(content))
    page.goto(f"{at}tabellen/")
    page.get_by_role("link", name="Tabelle einlesen").click()
    page.get_by_label("Tabelle", exact=True).set_input_files(
        {"name": "12411.csv", "mimeType": "text/csv", "buffer": OLD.encode("cp1252")}
    )
    page.get_by_label("Quelle").fill("Regionaldatenbank")
    look("analysis-read")
    page.get_by_role("button", name="Einlesen").click()
    look("analysis-table")
    page.get_by_label("Bevoelkerungsstand, Ausländer").check()
    page.get_by_label("Thema").fill("Menschen")
    page.get_by_role("button", name="In die Analyse übernehmen").click()
    page.get_by_text("Übernommen").first.wait_for()
    look("analysis")
