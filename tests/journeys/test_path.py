"""The product's one path in a real browser: from the first contact to a plan that both sign, and to the end."""

import pytest
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.models import Client, CounsellingCase, Enquiry, SupportPlan
from lotse.core.models import Draft
from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def save(page, name="Speichern"):
    page.get_by_role("button", name=name, exact=True).click()


def test_enquiry_by_keyboard_alone(world, page, sign_in, accessible):
    sign_in(world.counsellor)
    page.goto("/anfrage/")
    accessible()

    page.get_by_label("Wohnen").focus()
    page.keyboard.press("Space")
    page.get_by_label("Anliegen geklärt").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("meldet sich wieder")
    page.keyboard.press("Enter")

    page.get_by_text("Anfrage erfasst.").wait_for()
    made = Enquiry.objects.get()
    assert ([t.topic for t in made.topics.all()], made.next_step) == (["housing"], "meldet sich wieder")


def test_from_person_to_signed_plan_and_closing(world, page, sign_in, accessible):
    sign_in(world.counsellor)
    register(page, accessible)
    first_contact(page, accessible)
    consent(page, accessible)
    page.get_by_role("link", name="Übersicht").click()
    page.get_by_role("link", name="ändern Art der Beratung").click()
    page.get_by_label("Ausführliche Fallsteuerung").check()
    save(page)
    part_a(page, accessible)
    plan(page, accessible)
    close(page, accessible)

    case, made = CounsellingCase.objects.get(), SupportPlan.objects.get()
    assert (case.state, made.state, made.handed_out_language) == ("closed", "in_implementation", "ar")
    page.goto("/auswertung/")
    accessible()
    page.get_by_role("row", name="beendet 1").wait_for()


def register(page, accessible):
    page.get_by_role("link", name="Neue Person").first.click()
    page.get_by_label("Vorname").fill("Mira")
    page.get_by_label("Nachname").fill("Özdemir")
    page.get_by_label("Informiert auf").select_option("ar")
    accessible()
    save(page, "Aufnehmen")
    page.get_by_text("Person aufgenommen.").wait_for()
    accessible()


def first_contact(page, accessible):
    page.get_by_role("link", name="Erstkontakt festhalten").click()
    page.get_by_label("Programm").select_option(label="Migrationsberatung")
    page.get_by_label("Anliegen").fill("Sucht eine Wohnung.")
    page.get_by_role("group", name="Wie es weitergeht").get_by_label("ja").check()
    accessible()
    save(page)
    page.get_by_text("Erstkontakt festgehalten.").wait_for()


def consent(page, accessible):
    for act in ("Beratungsvereinbarung", "Einwilligung und Datenschutz", "Einwilligung zur Kompetenzerfassung"):
        page.get_by_label(act).check()
    page.get_by_label("Text vorgelegt auf").select_option("ar")
    save(page)
    page.get_by_text("Vereinbarung und Einwilligung liegen vor").wait_for()
    accessible()


def part_a(page, accessible):
    page.get_by_role("link", name="Teil A").click()
    page.get_by_role("link", name="ausfüllen Mobilität").click()
    page.get_by_role("group", name="In Deutschland zugelassen?").wait_for(state="hidden")
    page.get_by_role("group", name="Führerschein?").get_by_label("ja").check()
    page.get_by_role("group", name="In Deutschland zugelassen?").get_by_label("nein", exact=True).check()
    accessible()
    save(page)
    page.get_by_text("Kapitel gespeichert.").wait_for()
    accessible()


def plan(page, accessible):
    page.get_by_role("link", name="Plan", exact=True).click()
    save(page, "Plan beginnen")
    page.get_by_role("link", name="Ziel hinzufügen").click()
    page.get_by_label("Bereich", exact=True).select_option("housing")
    page.get_by_label("Ziel", exact=True).select_option("find_flat")
    save(page)
    page.get_by_role("link", name="Schritt hinzufügen").click()
    page.get_by_label("Arbeitsschritt").fill("Wohnberechtigungsschein beantragen")
    page.get_by_role("radio", name="Klient*in").check()
    accessible()
    save(page)
    page.get_by_role("link", name="Umfeld einbeziehen").click()
    page.get_by_label("Familie").check()
    save(page)
    for link, button_text in (
        ("Gemeinsam vereinbaren", "Plan vereinbart."),
        ("Aushändigung festhalten", "Aushändigung festgehalten."),
    ):
        page.get_by_role("link", name=link).click()
        if link.startswith("Aus"):
            page.get_by_label("Sprache neben Deutsch").select_option("ar")
        save(page)
        page.get_by_text(button_text).wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Deutsch und Arabisch (PDF)").click()
    assert download.value.suggested_filename == "foerderplan-1.pdf"
    page.get_by_role("link", name="Unterschriften festhalten").click()
    save(page)
    page.get_by_role("button", name="ja", exact=True).click()
    accessible()


def close(page, accessible):
    for link, field, text in (
        ("Auswertung festhalten", "Auswertung: Was wurde erreicht", "Wohnung gefunden."), ("Nachhaltigkeit prüfen", "Trägt das Erreichte?", "Ja."),
    ):  # fmt: skip
        page.get_by_role("link", name="Abschluss").click()
        page.get_by_role("link", name=link).click()
        page.get_by_label(field).fill(text)
        save(page)
    page.get_by_role("link", name="Fall beenden").click()
    page.get_by_role("radio", name="abgeschlossen", exact=True).check()
    page.get_by_label("Grund", exact=True).select_option("goals_reached")
    accessible()
    save(page)
    page.get_by_text("Der Fall ist beendet.").wait_for()
    accessible()


def test_draft_survives_a_closed_window(world, page, sign_in, accessible):
    case = make.case(world)
    sign_in(world.counsellor)
    url = f"/akte/{case.client.public_id}/kontakt/"
    page.goto(url)
    page.get_by_label("Notiz").fill("Noch nicht fertig getippt")
    page.get_by_text("Entwurf gespeichert").wait_for(timeout=15_000)

    page.goto("/")
    page.goto(url)

    assert page.get_by_label("Notiz").input_value() == "Noch nicht fertig getippt"
    assert Draft.objects.count() == 1
    accessible()


def test_the_read_log_says_who_looked(world, page, sign_in, accessible):
    client = make.case(world).client
    sign_in(world.technical_lead)
    page.goto(f"/akte/{client.public_id}/")
    page.goto(f"/akte/{client.public_id}/verlauf/?nur=reads")

    page.get_by_text("Technical_Lead Beispiel hat gelesen: Akte").first.wait_for()
    assert Event.objects.filter(is_read=True, file_ref=client.public_id).count() == 2
    accessible()


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_main_pages_fit_the_screen(world, page, sign_in, accessible, width):
    make.plan(world, agreed=True)
    client = Client.objects.get()
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    for address in (
        "/",
        "/klienten/",
        "/klienten/neu/",
        "/anfrage/",
        "/auswertung/",
        "/verwaltung/",
        "/partner/",
        "/termine/",
    ):
        page.goto(address)
        accessible()
    for tab in ("", "plan/", "teil-a/", "einwilligungen/", "haushalt/", "abschluss/", "verlauf/", "kontakt/"):
        page.goto(f"/akte/{client.public_id}/{tab}")
        accessible()


def test_today_shows_the_next_step(world, page, sign_in):
    case = make.case(world)
    CounsellingCase.objects.filter(pk=case.pk).update(next_step_on=timezone.localdate())
    sign_in(world.counsellor)

    page.get_by_role("link", name="Mira Özdemir").click()

    page.get_by_role("heading", name="Mira Özdemir").wait_for()
