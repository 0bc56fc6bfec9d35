"""A sample is drawn, a file is checked, and what is missing waits for the counsellor."""

import pytest

from lotse.casework.models import ReviewPoint
from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_file_is_reviewed(world, page, sign_in, accessible, width):
    make.case(world)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.technical_lead)
    page.get_by_role("link", name="Aktenprüfung").click()
    accessible()
    page.get_by_role("button", name="Ziehen").click()
    page.get_by_text("Gezogen.").wait_for()
    page.get_by_role("link", name="Aktenprüfung ").last.click()
    accessible()
    page.get_by_role("link", name="prüfen").click()
    page.get_by_role("button", name="Speichern").wait_for()
    for answer in page.get_by_label("ja", exact=True).all():
        answer.check()
    page.get_by_label("fehlt etwas").first.check()
    page.get_by_label("Was ist zu tun?").first.fill("Sprache der Information nachtragen")
    accessible()
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Geprüft.").wait_for()
    accessible()
    assert ReviewPoint.objects.get().text == "Sprache der Information nachtragen"

    page.context.clear_cookies()
    sign_in(world.counsellor)
    page.get_by_text("Aus der Aktenprüfung").wait_for()
    accessible()
    page.get_by_role("button", name="erledigt").click()
    page.get_by_text("Erledigt.").wait_for()
