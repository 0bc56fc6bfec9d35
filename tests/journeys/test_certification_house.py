"""A house on its way to a certificate: contract, schedule, checklist with a withheld document, rework, certificate, public page."""

import re
from datetime import timedelta

import pytest

from lotse.quality.enums import CertificationState as State
from lotse.quality.models import Certification, Submission
from tests.documents.files import pdf
from tests.factories import quality as of_house
from tests.factories import quality_certification as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(rf"^{name}(\s*:|$)")).click()


def test_a_house_goes_all_the_way(page, live_server, world, sign_in, look):
    of_house.small(world)
    sign_in(world.carrier_manager)
    begin(page, look)
    made = Certification.objects.get()
    make.seated(world, made)
    sign(page)
    plan(page)
    make.acts.agree_schedule(by=world.assessor.actor, certification=made)
    prepare(page, look)
    assert make.fresh(made).state == State.CHECKLIST_SUBMITTED
    make.reviewed(world, made, rework=["b-2"])
    rework(page, look, made)
    make.granted(world, make.presented(world, make.visited(world, make.reviewed(world, make.fresh(made)))))
    check(page, look, made)


def begin(page, look):
    page.goto("/qualitaet/zertifizierung/")
    look("certification-empty")
    page.get_by_role("link", name="Zertifizierung beginnen").first.click()
    page.get_by_label("Zertifizierungsstelle").fill("Stelle Beispiel")
    look("certification-register")
    press(page, "Beginnen")
    look("certification-registered")


def sign(page):
    page.get_by_role("link", name="Vertrag eintragen").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "vertrag.pdf", "mimeType": "application/pdf", "buffer": pdf("Vertrag")}
    )
    page.locator("#id_signed_by_house_on").fill(f"{make.today()}")
    page.locator("#id_signed_by_body_on").fill(f"{make.today()}")
    press(page, "Speichern")


def plan(page):
    page.get_by_role("link", name="Zeitplan vorschlagen").click()
    page.locator("#id_station-3").fill(f"{make.today() + timedelta(days=10)}")
    page.locator("#id_station-5").fill(f"{make.today() + timedelta(days=40)}")
    press(page, "Vorschlagen")


def prepare(page, look):
    page.reload()
    page.get_by_role("link", name="Zur Checkliste", exact=True).click()
    look("certification-checklist")
    page.get_by_role("link", name="B 1", exact=True).click()
    for _number in range(3):
        page.get_by_label("erfüllt", exact=True).check()
        page.locator("#id_note").fill("Steht im Handbuch, Kapitel 4.")
        look("certification-answer")
        press(page, "Speichern und weiter")
    page.get_by_role("link", name="Nachweis hinzufügen").first.click()
    page.locator("#id_title").fill("Personalakten")
    page.get_by_label("nur vor Ort zeigen").check()
    assert not page.locator("#id_file").is_visible()
    page.locator("#id_proves_from").fill("2025-01-01")
    page.locator("#id_proves_to").fill("2025-12-31")
    look("certification-document")
    press(page, "Hinzufügen")
    look("certification-ready")
    assert Submission.objects.get().file is None
    page.get_by_role("link", name="Nachweise zur Checkliste").click()
    look("certification-documents")

    page.go_back()
    press(page, "Einreichen")
    look("certification-submitted")


def rework(page, look, made):
    page.goto(f"/qualitaet/zertifizierung/{made.public_id}/")
    look("certification-rework")
    page.get_by_role("link", name="Zur Checkliste", exact=True).click()
    look("certification-round-2")
    press(page, "gilt weiter")
    press(page, "Einreichen")
    assert make.fresh(made).state == State.CHECKLIST_SUBMITTED


def check(page, look, made):
    page.goto(f"/qualitaet/zertifizierung/{made.public_id}/")
    look("certification-granted")
    page.get_by_role("link", name="Öffentliche Prüfseite").click()
    look("certificate-check")
    page.goto("/qualitaet/zertifizierung/")
    look("certification-list")
