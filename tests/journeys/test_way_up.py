"""A district adds up thirteen carriers of which two are late, and sends the sum up; another house reads the file."""

import pytest
from django.utils import timezone

from lotse.wayup.models import Closing, ReportingPeriod
from lotse.wayup.queries import keys_of
from tests.factories import casework as make
from tests.journeys.conftest import log_out
from tests.wayup import making
from tests.wayup.making import LAST_YEAR, carrier_done

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(world):
    return making.heads(world)


@pytest.fixture
def thirteen(house):
    """Eleven more carriers beside the two; ten of them have approved, like the north; two have not."""
    like = make.case(house, consented=False)
    carriers = [making.another_carrier(house, n, cases=24 + n, like=like) for n in range(3, 14)]
    period = making.period(house, due_in=0)
    for carrier, lead, manager in carriers[:10]:
        carrier_done(house, period, carrier, lead, manager)
    carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    return period


@pytest.mark.parametrize("width", [1280, 360])
def test_a_district_adds_up_thirteen_of_which_two_are_late(house, thirteen, page, sign_in, look, width):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(house.coordinator)
    page.get_by_role("link", name="11 Meldungen annehmen").wait_for()
    look("heute-meldungen")
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("link", name="Meldungen").first.click()
    look("meldung-jahre")
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("link", name=f"{LAST_YEAR}", exact=True).click()
    page.get_by_role("heading", name="0 von 13 Einheiten angenommen").wait_for()
    look("meldung-einheiten")
    page.set_viewport_size({"width": width, "height": 900})
    accept_eleven(page, look)
    page.get_by_text("KV Nummer 13 und KV Südstadt").first.wait_for()
    page.get_by_role("button", name="Zusammenrechnen").click()
    page.get_by_role("heading", name="Summe aus 11 von 13 Einheiten").wait_for()
    page.get_by_text("Jetzt gibt eine zweite Person frei.").wait_for()
    look("meldung-summe")
    log_out(page)
    sign_in(house.management)
    page.goto(f"/meldung/{thirteen.public_id}/{house.district.public_id}/")
    page.get_by_role("button", name="Freigeben", exact=True).click()
    page.get_by_text("Freigegeben.").wait_for()
    look("meldung-freigegeben")
    assert Closing.objects.filter(state="locked", above=house.district).count() == 11


def accept_eleven(page, look):
    for number in range(11):
        page.get_by_role("row").filter(has_text="wartet auf Annahme").first.get_by_role("link").click()
        page.get_by_role("button", name="Annehmen").wait_for()
        if number == 0:
            look("meldung-pruefen")
        page.get_by_role("button", name="Annehmen").click()
        page.get_by_text("Angenommen.").wait_for()
        page.get_by_role("link", name="Bezirk Beispiel").click()
        page.get_by_role("heading", name=f"{number + 1} von 13 Einheiten angenommen").wait_for()


def test_a_lead_begins_and_a_unit_reports(house, page, sign_in, look):
    making.period(house)
    sign_in(house.technical_lead)
    page.goto("/meldung/")
    page.get_by_role("link", name=f"{LAST_YEAR}", exact=True).click()
    page.get_by_role("link", name="Beratungsstelle Nordstadt").click()
    page.get_by_text("Noch keine Zahlen.").wait_for()
    look("meldung-stelle-leer")
    page.get_by_role("button", name="Zahlen zusammenstellen").click()
    page.get_by_text("Jetzt gibt eine zweite Person frei.").wait_for()
    look("meldung-stelle")
    log_out(page)
    sign_in(house.carrier_manager)
    period = ReportingPeriod.objects.get()
    page.goto(f"/meldung/{period.public_id}/{house.site.public_id}/")
    page.get_by_role("button", name="Freigeben", exact=True).click()
    page.get_by_text("Freigegeben.").wait_for()
    page.get_by_role("link", name="Zurückgeben").click()
    look("meldung-zurueck")
    page.get_by_label("Was muss sich ändern?").fill("Der Dezember fehlt.")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Der Dezember fehlt.").wait_for()
    look("meldung-geoeffnet")


def test_two_houses_exchange_keys_and_a_file(house, page, sign_in, look, tmp_path):
    period = making.period(house)
    sign_in(house.technical_lead)
    page.goto("/meldung/schluessel/")
    look("schluessel-leer")
    page.get_by_role("button", name="Schlüssel erzeugen").click()
    page.get_by_role("heading", name="Unser Schlüssel").wait_for()
    log_out(page)

    sign_in(house.coordinator)
    page.goto("/meldung/schluessel/")
    page.get_by_role("button", name="Schlüssel erzeugen").click()
    register(page, "KV Nordstadt (eigenes Lotse)", "meldet an uns", keys_of(house.nordstadt.pk).public_key, look)
    log_out(page)
    confirm(page, sign_in, house.management, "KV Nordstadt (eigenes Lotse)", look)
    sign_in(house.technical_lead)
    register(page, "Bezirk", "an sie melden wir", keys_of(house.district.pk).public_key)
    log_out(page)
    confirm(page, sign_in, house.carrier_manager, "Bezirk")

    carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    sign_in(house.technical_lead)
    page.goto(f"/meldung/{period.public_id}/{house.nordstadt.public_id}/")
    look("meldung-datei-holen")
    with page.expect_download() as download:
        page.get_by_role("button", name="Datei holen").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    log_out(page)
    read(house, page, sign_in, look, file)


def register(page, name, direction, key, look=None):
    page.goto("/meldung/schluessel/neu/")
    page.get_by_label("Name").fill(name)
    page.get_by_label(direction).check()
    page.get_by_label("Öffentlicher Schlüssel").fill(key)
    if look:
        look("schluessel-neu")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("wartet auf zweite Person").wait_for()
    if look:
        look("schluessel-liste")


def confirm(page, sign_in, who, name, look=None):
    sign_in(who)
    page.goto("/meldung/schluessel/")
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("button", name="Stimmt, bestätigen").wait_for()
    if look:
        look("schluessel-vergleichen")
    page.get_by_role("button", name="Stimmt, bestätigen").click()
    page.get_by_text("Bestätigt.").wait_for()
    log_out(page)


def read(house, page, sign_in, look, file):
    sign_in(house.coordinator)
    page.goto("/meldung/")
    page.get_by_role("link", name="Datei einlesen").click()
    page.get_by_label("Datei").set_input_files(file)
    look("datei-einlesen")
    page.get_by_role("button", name="Einlesen").click()
    page.get_by_text("Bitte ansehen und annehmen.").wait_for()
    look("datei-eingelesen")
    page.goto("/meldung/einlesen/")
    page.get_by_label("Datei").set_input_files(file)
    page.get_by_role("button", name="Einlesen").click()
    page.get_by_text("Fassung 1 schon da").first.wait_for()
    look("datei-zweimal")


def test_the_top_opens_a_year(house, page, sign_in, look):
    sign_in(house.coordinator)
    page.goto("/meldung/")
    look("meldung-leer")
    page.get_by_role("link", name="Neuer Zeitraum").click()
    look("meldung-neu")
    page.get_by_label("Unsere Meldung ist fällig am").fill(f"{timezone.localdate().year}-03-31")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name=f"{LAST_YEAR}", exact=True).wait_for()
