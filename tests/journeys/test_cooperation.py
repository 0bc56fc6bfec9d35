"""A cooperation agreement with a provider of courses: prepared by a counsellor, signed by management, filed, revised, ended."""

import pytest

from tests.documents.files import pdf
from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def follow(page, name, **more):
    page.get_by_role("link", name=name, **more).first.click()
    page.wait_for_load_state()


def test_an_agreement_with_a_provider_of_courses(world, page, sign_in, look):
    provider = make.provider(world)
    course = make.course(world, of=make.case(world).client)
    make.sent(world, client=course.client, to=provider)
    sign_in(world.counsellor)
    page.goto(f"{course.client.get_absolute_url()}kurse/")
    look("kooperation-kurs")
    page.goto("/partner/")
    look("kooperation-partner-liste")
    follow(page, "Ansehen")
    look("kooperation-ohne")
    follow(page, provider.name)
    look("kooperation-partner-leer")

    follow(page, "Begleitung im Integrationskurs")
    page.get_by_label("Ansprechperson dort").fill("Frau Wolf")
    page.get_by_label("Unsere Anwesenheits- und Beratungszeiten").fill("Montag 10 bis 12 Uhr, Raum 3")
    look("kooperation-neu")
    press(page, "Speichern")
    look("kooperation-entwurf")
    follow(page, "Prüfung festhalten")
    page.get_by_label("Geprüft von").fill("Rechtsberatung des Verbands")
    look("kooperation-pruefung")
    press(page, "Speichern")
    look("kooperation-geprueft")
    agreement = page.url

    page.context.clear_cookies()
    sign_in(world.carrier_manager)
    look("kooperation-heute-leitung")
    follow(page, provider.name)
    follow(page, "Unterschrift festhalten")
    look("kooperation-unterschrift")
    press(page, "Speichern")
    page.get_by_text("Frau Wolf").first.wait_for()

    page.context.clear_cookies()
    sign_in(world.counsellor)
    page.goto(agreement)
    follow(page, "Unterschriebenes Blatt ablegen")
    blatt = {"name": "blatt.pdf", "mimeType": "application/pdf", "buffer": pdf("unterschrieben")}
    page.locator("input[type=file]").set_input_files(blatt)
    look("kooperation-ablegen")
    press(page, "Ablegen")
    look("kooperation-gilt")
    follow(page, "wieder besprochen")
    look("kooperation-besprochen")
    press(page, "Speichern")
    press(page, "neue Fassung")
    look("kooperation-fassung")
    page.goto(agreement)
    follow(page, "beenden")
    page.get_by_label("Zweck erreicht").check()
    look("kooperation-ende")
    press(page, "Speichern")
    page.get_by_text("beendet", exact=True).first.wait_for()
    follow(page, provider.name)
    look("kooperation-partner")
