"""Clients are asked: the lead prints, somebody answers on a phone in Arabic, the indicator shows it and nothing opens."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lotse.surveys.models import SurveyRound
from lotse.surveys.queries import answers_of
from tests.factories import surveys as make
from tests.journeys.conftest import log_out

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(browser, live_server):
    """Somebody else's device: no login, Arabic, without script."""
    context = browser.new_context(
        base_url=live_server.url, locale="ar", viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_an_answer_on_a_phone_in_arabic_reaches_its_indicator(world, page, phone, sign_in, look, width):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.technical_lead)
    page.goto("/auswertung/")
    page.get_by_role("link", name="Umfragen").click()
    look("umfragen-leer")
    page.set_viewport_size({"width": width, "height": 900})
    asked = begin(page, look)
    print_slips(page, look)
    make.answered(world, asked, *[{**make.YES, "knows_offers": "yes"}] * 5)
    answer_in_arabic(phone, make.codes(world, asked)[0])
    assert answers_of(asked) == 6

    page.goto(f"/umfragen/{asked.public_id}/")
    look("umfrage-laeuft")
    page.get_by_role("link", name="Beenden").click()
    look("umfrage-beenden")
    page.get_by_role("button", name="Beenden").click()
    page.get_by_text("Die Umfrage ist beendet.").wait_for()
    look("umfrage-ergebnis")
    the_year_after(page, look)


def begin(page, look):
    page.get_by_role("link", name="Neue Umfrage").click()
    page.get_by_label("Angebote kennen, Probleme lösen").check()
    look("umfrage-neu")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name="Angebote kennen").click()
    page.get_by_role("heading", name="Angebote kennen").wait_for()
    return SurveyRound.objects.get()


def print_slips(page, look):
    page.get_by_role("link", name="Zettel drucken").click()
    look("umfrage-zettel")
    with page.expect_download() as download:
        page.get_by_role("button", name="Zettel als PDF").click()
    assert download.value.suggested_filename == "zettel.pdf"


def answer_in_arabic(phone, code):
    phone.goto(f"/u/?c={code}")
    assert phone.locator("html").get_attribute("dir") == "rtl"
    for number in range(3):
        phone.locator("fieldset").nth(number).get_by_label("نعم", exact=True).check()
    phone.get_by_role("button", name="إرسال").click()
    phone.get_by_role("heading", name="شكرًا جزيلًا!").wait_for()


def the_year_after(page, look):
    """Figures of everybody are shown for whole past years."""
    last_year = timezone.now() - timedelta(days=366)
    SurveyRound.objects.update(closed_at=last_year)
    page.goto(f"/auswertung/?scope=all&year={last_year.year}")
    page.get_by_role("link", name="Kennen wichtige Hilfsangebote (Selbstauskunft) Antworten").click()
    page.get_by_role("row", name="stimmt 6", exact=True).wait_for()
    page.get_by_text("Hinter dieser Zahl öffnet sich nichts: Die Antworten sind anonym.").wait_for()
    look("umfrage-zahl")


@pytest.mark.parametrize("language", ["de", "de-x-leicht", "ar", "uk"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_of_questions_reads_well_everywhere(world, page, look, complaints, language, width):
    asked = make.asked(world, "environment", moment="before")
    (code,) = make.codes(world, asked)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/u/?c={code}&l={language}")
    look(f"fragen-{language}")
    page.keyboard.press("Tab")
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[type=radio]:checked")).to_have_count(4)
    page.goto("/u/?c=falsch")
    look(f"code-falsch-{language}")
    assert len(complaints) == 1  # a wrong code is a 404
    complaints.clear()


def test_a_stack_of_paper_is_entered(world, page, sign_in, look):
    asked = make.asked(world, "environment")
    sign_in(world.counsellor)
    page.goto(f"/umfragen/{asked.public_id}/")
    page.get_by_role("link", name="Bögen eintragen").click()
    page.get_by_label("Wie viele Bögen?").fill("6")
    page.get_by_label("3 bis 5").fill("6")
    look("umfrage-papier")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Die Bögen können Sie jetzt vernichten.").wait_for()
    assert answers_of(asked) == 6
    sign_out_and_read_translations(world, page, sign_in, look)


def sign_out_and_read_translations(world, page, sign_in, look):
    log_out(page)
    sign_in(world.technical_lead)
    page.goto("/umfragen/texte/")
    look("umfrage-texte")
    page.get_by_role("link", name=re.compile("Arabisch.*Menschen um mich")).click()
    look("umfrage-woerter")
