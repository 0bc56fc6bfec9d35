"""The lead counts a year, looks through it and releases it; the district opens the same and sees sums only."""

import pytest

from tests.insight.conftest import LAST_YEAR, places, year

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
__all__ = ["places", "year"]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_year_is_released_and_read_by_the_district(world, year, page, sign_in, look, width):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.carrier_manager)
    page.goto("/auswertung/")
    look("tabellen-leer")
    page.get_by_role("link", name="Tabellen vorbereiten").click()
    look("tabellen-neu")
    page.get_by_label("Zeitraum").select_option(label=f"{LAST_YEAR}")
    page.get_by_role("button", name="Zählen").click()
    page.get_by_role("heading", name=f"Tabellen {LAST_YEAR}").wait_for()
    look("tabellen-vorbereitet")
    page.get_by_role("button", name="Freigeben").click()
    page.get_by_text("Freigegeben.").wait_for()
    page.get_by_role("link", name="So sehen es Bezirk").click()
    look("tabellen-freigegeben")

    page.context.clear_cookies()
    sign_in(world.coordinator)
    page.goto("/auswertung/")
    look("tabellen-liste")
    page.get_by_role("link", name="Ganzes Jahr").click()
    page.get_by_role("heading", name=f"Tabellen {LAST_YEAR}").wait_for()
    assert page.get_by_role("link", name="Zurückziehen").count() == 0
    assert page.locator("main a[href*='/akte/']").count() == 0
    look("tabellen-bezirk")
