"""An outdated logo, from the page where the export stops to the page where it is replaced; and a sheet filled and carried over."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.agency.enums import DocumentKind
from lotse.documents.templates import PURPOSES, example
from tests.factories import agencies, forms

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
YEAR = agencies.YEAR


@pytest.fixture
def house(world):
    return agencies.build(world)


@pytest.fixture
def plan(world, house):
    form = forms.form(world.coordinator, world.district, "ia_task_plan", example(PURPOSES["ia_task_plan"]))
    forms.logo(world.coordinator, world.district, valid_to=timezone.localdate() - timedelta(days=1))
    forms.logo(world.coordinator, world.district, "association", alt="Logo des Verbands")
    return house.document(DocumentKind.TASK_PLAN, template=form)


def test_an_outdated_logo_is_told_and_replaced(page, sign_in, world, plan, look, tmp_path):
    sign_in(world.worker)
    page.goto(f"/agentur/planung/{plan.public_id}/")
    page.get_by_text("Das Logo des Ministeriums gilt seit").wait_for()
    look("planung-altes-logo")
    page.context.clear_cookies()
    sign_in(world.coordinator)
    page.goto("/agentur/")
    page.get_by_role("link", name="Vorlagen").click()
    look("vorlagen")
    page.get_by_role("link", name=re.compile("Neues Logo.*Ministerium")).click()
    look("logo-neu")
    (tmp_path / "logo.png").write_bytes(forms.picture(340, 120, (0, 90, 60)))
    page.get_by_label("Bild").set_input_files(tmp_path / "logo.png")
    page.get_by_label("Was darauf zu sehen ist").fill("Neues Wappen")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("img", name="Neues Wappen").wait_for()
    look("vorlagen-ersetzt")
    page.goto("/agentur/vorlagen/neu/ia_task_plan/")
    look("vorlage-neu")
    page.goto(f"/agentur/planung/{plan.public_id}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename == f"Aufgabenplanung {YEAR}.pdf"


def test_a_sheet_is_filled_and_carried_over(page, sign_in, world, house, look):
    sheet = house.document(DocumentKind.CONTROLLING)
    for number in (12, 8, None):
        house.measure(participants=number, volunteers=2, field="SR")
    sign_in(world.worker)
    page.goto(f"/agentur/controlling/{sheet.public_id}/")
    look("controlling-leer")
    page.get_by_label("mit Änderungen").check()
    page.get_by_label("Erläuterung").first.fill("Der Raum stand erst im Mai bereit.")
    page.get_by_label("Beratene Einrichtungen").fill("4")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Gespeichert.").wait_for()
    page.get_by_text("Woher kommt die Zahl?").nth(1).click()
    look("controlling")
    page.get_by_role("link", name="Übertragen").click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=re.compile("kopieren.*Wird die Aufgabenplanung")).click()
    page.get_by_role("button", name=re.compile("kopiert.*Wird die Aufgabenplanung")).wait_for()
    wanted = "mit Änderungen\n\nDer Raum stand erst im Mai bereit."
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    look("controlling-uebertragen")
    page.get_by_role("link", name="Übertragung vermerken").click()
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("heading", name="In die Plattform übertragen").wait_for()
