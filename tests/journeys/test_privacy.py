"""A person asks for her data and takes them along; another person's file is erased by two."""

from datetime import date

import pytest
from django.utils import timezone

from lotse.casework.enums import CaseState
from lotse.casework.models import Client, CounsellingCase, DataSubjectRequest, ErasureRun
from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


@WIDTHS
def test_an_access_request(world, page, sign_in, accessible, width):
    client = make.case(world).client
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    page.goto(f"/akte/{client.public_id}/")
    page.get_by_role("link", name="Datenschutz", exact=True).click()
    accessible()

    page.get_by_role("link", name="Antrag aufnehmen").click()
    accessible()
    page.get_by_label("Ausweis gesehen").check()
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Die Antwort ist in einem Monat fällig.").wait_for()
    accessible()
    for link, ending in (("Auskunft (PDF)", "pdf"), ("Daten (Excel)", "xlsx"), ("Daten (JSON)", "json")):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        assert download.value.suggested_filename.endswith(ending)

    page.get_by_role("link", name="Antwort festhalten").click()
    accessible()
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Festgehalten.").wait_for()
    assert DataSubjectRequest.objects.get().answered_on == timezone.localdate()


@WIDTHS
def test_a_file_is_erased_by_two(world, page, browser, live_server, sign_in, accessible, width):
    client = make.case(world).client
    year = timezone.localdate().year - 5
    days = {"first_contact_on": date(year, 2, 3), "ended_on": date(year, 5, 6), "state": CaseState.ABORTED}
    CounsellingCase.objects.update(**days)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.technical_lead)
    page.goto("/datenschutz/")
    accessible()
    page.get_by_role("button", name="Löschlauf vorschlagen").click()
    page.get_by_text("Zustimmen kann nur eine andere Person.").wait_for()
    accessible()
    assert Client.objects.get() == client
    run = page.url
    page.context.clear_cookies()

    sign_in(world.dpo)
    page.goto(run)
    page.get_by_role("button", name="Zustimmen und löschen").click()
    page.get_by_text("1 von 1").wait_for()
    accessible()

    assert (ErasureRun.objects.get().erased, Client.objects.get().last_name) == (1, "")
    for address in ("/datenschutz/fristen/", "/datenschutz/fristen/client_file/", "/datenschutz/"):
        page.goto(address)
        accessible()
