"""Which programme fits, how much room there is, and anti-discrimination advice, in a real browser."""

from datetime import date
from decimal import Decimal

import pytest

from lotse.casework.models import DiscriminationGround, EligibilityAdvice
from lotse.programmes.models import SiteOffer
from lotse.programmes.standard import ensure_programmes
from tests.factories import casework as make
from tests.factories import organisations as staff

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 360)


def show(page, accessible):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        accessible()


@pytest.fixture
def programmes(world):
    return ensure_programmes()


def test_a_programme_is_suggested_checked_again_and_chosen(world, programmes, page, sign_in, accessible):
    client = make.person(world, birth_date=date(1986, 5, 1))
    sign_in(world.counsellor)
    page.goto(f"/akte/{client.public_id}/erstkontakt/")
    page.get_by_role("link", name="Welches Programm passt?").click()
    page.get_by_text("Fehlt: Aufenthaltsstatus und Tag der Einreise").wait_for()
    show(page, accessible)

    page.get_by_label("Aufenthaltsstatus").select_option("permission_55")
    page.get_by_role("button", name="Neu prüfen").click()
    page.get_by_role("heading", name="Vorschlag: Soziale Beratung von Geflüchteten").wait_for()
    page.get_by_text("Die anderen Programme und warum").click()
    page.get_by_text("Für Menschen ab 27 mit Aufenthaltsgestattung.").wait_for()
    show(page, accessible)

    page.get_by_label("Migrationsberatung", exact=True).check()
    page.get_by_role("button", name="Festhalten").click()
    page.get_by_role("alert").get_by_text("Bitte kurz sagen, warum").wait_for()
    page.get_by_label("Warum dieses Programm?").fill("Wird hier schon begleitet.")
    page.get_by_role("button", name="Festhalten").click()

    page.get_by_text("Ergebnis festgehalten.").wait_for()
    assert page.get_by_label("Programm", exact=True).input_value() == world.mbe.public_id
    kept = EligibilityAdvice.objects.get()
    page.goto(f"/akte/{client.public_id}/programm/{kept.public_id}/")
    page.get_by_text("Wird hier schon begleitet.").wait_for()
    show(page, accessible)


def test_the_room_of_a_site(world, page, sign_in, accessible):
    staff.share(world, of=staff.post(world, site=world.site), fte=Decimal("0.50"))
    make.case(world, consented=False)
    sign_in(world.technical_lead)
    page.goto("/kapazitaet/")
    page.get_by_role("cell", name="74").first.wait_for()
    show(page, accessible)

    page.get_by_text("Richtwert ändern").click()
    page.get_by_label("Offene Fälle je Vollzeitstelle").fill("60")
    show(page, accessible)
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Richtwert gespeichert.").wait_for()
    page.get_by_role("cell", name="29").first.wait_for()


def test_anti_discrimination_advice(world, programmes, page, sign_in, accessible):
    SiteOffer.objects.create(programme=programmes["ads"], site=world.site, valid_from=date(2020, 1, 1))
    case = make.case(world, programme=programmes["ads"])
    sign_in(world.counsellor)
    page.goto(f"/akte/{case.client.public_id}/")
    page.get_by_role("link", name="festhalten Diskriminierung").click()
    page.get_by_label("rassistische Zuschreibung oder ethnische Herkunft").check()
    page.get_by_label("Sprache oder Akzent").check()
    page.get_by_label("Wo ist es geschehen?").select_option("housing")
    show(page, accessible)
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Gespeichert.").wait_for()
    page.get_by_text("Wohnen und Wohnungssuche").wait_for()
    show(page, accessible)
    assert DiscriminationGround.objects.count() == 2
