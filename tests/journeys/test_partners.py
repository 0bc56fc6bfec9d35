"""The directory of partners in the browser: a gap is filled, an offer entered, relations drawn, knowledge shared."""

import pytest

from lotse.partners.actions.partners import create_partner
from lotse.partners.actions.ties import relate
from lotse.partners.enums import Closeness
from tests.factories.casework import days_ago
from tests.journeys.conftest import WIDTHS

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def follow(page, name, **more):
    page.get_by_role("link", name=name, **more).first.click()
    page.wait_for_load_state()


def test_a_gap_is_filled_and_the_partner_described(world, page, sign_in, look):
    sign_in(world.counsellor)
    page.goto("/partner/")
    look("partner-liste-leer")
    follow(page, "Lücken", exact=True)
    look("partner-luecken")
    page.locator("a[href*='art=jobcentre']").click()
    page.get_by_label("Name", exact=True).fill("Jobcenter Mitte")
    look("partner-neu")
    press(page, "Speichern")
    look("partner-neu-gespeichert")

    page.locator("a[href$='/angebote/neu/']").click()
    page.get_by_label("Was wird angeboten?").fill("Sprechstunde ohne Termin")
    page.get_by_label("Bedingungen").fill("Ausweis mitbringen")
    look("partner-angebot")
    press(page, "Speichern")
    page.locator("a[href$='/personen/neu/']").click()
    page.get_by_label("Name", exact=True).fill("Frau Wolf")
    page.get_by_label("Zuständig für").fill("Buchstaben A–K")
    look("partner-person")
    press(page, "Speichern")
    follow(page, "Kontakt festhalten")
    look("partner-kontakt")
    press(page, "Speichern")
    follow(page, "einschätzen")
    page.get_by_label("gut", exact=True).check()
    look("partner-einschaetzung")
    press(page, "Speichern")
    page.locator("a[href$='/beziehungen/neu/']").click()
    page.get_by_label("stimmen sich ab").check()
    look("partner-beziehung")
    press(page, "Speichern")
    look("partner-seite")

    page.goto("/partner/luecken/")
    page.get_by_text("6 fehlen").wait_for()


@pytest.mark.parametrize("count", [3, 40, 150])
def test_the_map_of_relations_is_drawn(world, page, sign_in, accessible, count):
    by, kinds = world.counsellor.actor, ("jobcentre", "school", "daycare", "health", "housing", "sports_club")
    made = [
        create_partner(by=by, name=f"{n + 1:03} Einrichtung am Musterplatz", category=kinds[n % len(kinds)], social_space=f"Viertel {n % 7}")
        for n in range(count)
    ]  # fmt: skip
    ways = list(Closeness)
    for n, partner in enumerate(made):
        if n % 6:
            relate(by=by, partner=partner, closeness=ways[n % 4], since=days_ago(30))
        if n % 4 == 2:
            relate(by=by, partner=partner, other=made[n // 2], closeness=ways[n % 3], since=days_ago(30))
    sign_in(world.counsellor)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/partner/beziehungen/")
        assert page.locator(".drawn img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        accessible()


def test_knowledge_is_shared_and_taken_back(world, page, sign_in, look):
    sign_in(world.counsellor)
    page.goto("/partner/fachwissen/")
    look("partner-fachwissen-leer")
    page.locator("a[href$='/religions/']").click()
    page.get_by_label("Was können Sie weitergeben?").fill("Feiertage und Fastenzeiten erklären")
    look("partner-fachwissen-eintragen")
    press(page, "Speichern")
    look("partner-fachwissen")
    page.get_by_role("button", name="zurückziehen").click()
    page.get_by_text("Zurückgezogen.").wait_for()
    follow(page, "Öffnung", exact=True)
    look("partner-oeffnung")
    page.locator("a[href$='/posters/']").click()
    look("partner-oeffnung-festhalten")
