"""Granting a role and confirming it, and the pages of an organisation, in a real browser."""

import pytest

from lotse.organisations.models import Membership
from tests.factories import organisations as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGES = (
    "",
    "menschen/",
    "menschen/neu/",
    "stellen/",
    "stellen/neu/",
    "wer/",
    "wer/erteilen/",
    "vertretungen/",
    "name/",
    "beratungsstelle/",
)


def test_role_is_granted_by_one_and_confirmed_by_another(world, page, sign_in, accessible):
    sign_in(world.coordinator)
    page.goto(f"/verwaltung/{world.nordstadt.public_id}/wer/")
    page.get_by_role("link", name="Rolle erteilen").click()
    page.get_by_label("Person").select_option(label="Specialist Beispiel (specialist@lotse.example)")
    page.get_by_label("Rolle", exact=True).select_option("counsellor")
    page.get_by_label("Grund").fill("Neu im Team")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Rolle erteilt.").wait_for()
    accessible()

    page.context.clear_cookies()
    sign_in(world.technical_lead)
    accessible()
    page.goto("/bestaetigen/")
    accessible()
    page.get_by_role("button", name="bestätigen").click()
    page.get_by_text("Bestätigt.").wait_for()
    accessible()

    made = Membership.objects.get(person=world.specialist.person, role="counsellor")
    assert made.confirmed_by == world.technical_lead.person


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_of_the_house_are_accessible(world, page, sign_in, accessible, width):
    make.ids(world)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(world.carrier_manager)
    person = f"/verwaltung/menschen/{world.counsellor.person.public_id}/"
    programmes = ("/programme/", "/programme/abgrenzung/", f"/programme/{world.mbe.public_id}/")
    for address in (*(f"/verwaltung/{world.nordstadt.public_id}/{rest}" for rest in PAGES), person, *programmes):
        page.goto(address)
        accessible()
