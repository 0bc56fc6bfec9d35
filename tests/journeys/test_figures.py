"""A counsellor notes what has happened; the figure shows it and opens down to her client. A coordinator sees sums only."""

from datetime import date

import pytest
from django.utils import timezone

from lotse.casework.models import CounsellingCase
from lotse.programmes.models import Programme, SiteOffer
from tests.casework.test_outcomes import part_a
from tests.factories import casework as make
from tests.factories import tables
from tests.personas import START

TODAY = timezone.localdate()


pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def advised(world):
    intman = Programme.objects.create(code="intman", name="Integrationsmanagement")
    SiteOffer.objects.create(programme=intman, site=world.site, valid_from=START)
    case = make.case(world)
    part_a(case, employed=True)
    return case


def test_from_the_sheet_to_the_figure_and_back_to_the_file(page, sign_in, world, advised, accessible, look):
    sign_in(world.counsellor)
    page.goto(f"/akte/{advised.client.public_id}/wirkung/")
    page.get_by_label("Wovon lebt die Person vor allem?").select_option("work")
    assert page.get_by_label("Arbeitsvertrag unterschrieben").input_value() == f"{make.days_ago(5)}"
    look("wirkung")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Gespeichert.").wait_for()

    page.goto("/auswertung/?sheet=counselling")
    look("blatt")
    page.get_by_role("link", name="Arbeitsvertrag unterschrieben Fälle").click()
    page.get_by_text("1 von 1, 0 nicht erhoben").wait_for()
    look("kennzahl")
    page.get_by_role("link", name="1, Arbeitsvertrag unterschrieben: ja").click()
    page.get_by_role("link", name=str(advised.client)).click()
    page.get_by_role("heading", name=advised.client.full_name).first.wait_for()


def test_a_coordinator_sees_released_sums_only(page, sign_in, world, advised, look):
    """What a leader opens down to the case is a sum for her, and hidden where it is small."""
    CounsellingCase.objects.update(first_contact_on=date(TODAY.year - 1, 3, 1))
    tables.released(world)
    sign_in(world.coordinator)
    page.goto("/auswertung/")
    page.get_by_role("link", name="Ganzes Jahr").click()
    page.get_by_text("schützt einzelne Menschen").wait_for()
    look("freigegeben-koordination")
    assert page.get_by_role("link", name="Verlauf").count() == 0
    assert page.get_by_text(advised.client.last_name).count() == 0


def test_the_lead_sets_a_value_and_rates_the_year(page, sign_in, world, accessible, look):
    sign_in(world.technical_lead)
    page.goto("/auswertung/werte/")
    look("werte")
    page.get_by_role("link", name="Kontakt eingetragen innerhalb von").click()
    page.get_by_label("Kontakt eingetragen innerhalb von").fill("5")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("5 Tagen").wait_for()

    page.goto("/auswertung/netzwerk/")
    page.get_by_role("link", name="Passendes Beratungsangebot").click()
    page.get_by_label("weitgehend").check()
    page.get_by_label("Begründung").fill("Zwei Stellen kamen dazu.")
    accessible()
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Zwei Stellen kamen dazu.").wait_for()
    look("netzwerk")
