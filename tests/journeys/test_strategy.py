"""The lead sets a target, the round talks about it, who is responsible finds it on her day."""

import re
from datetime import date

import pytest
from django.utils import timezone

from lotse.casework.models import CounsellingCase, PartA
from lotse.facts.models import FigureTarget
from lotse.programmes.models import Programme, SiteOffer
from tests.casework.test_outcomes import part_a
from tests.factories import casework as make
from tests.factories.casework import days_ago
from tests.factories.targets import set_for
from tests.personas import START

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BEGUN = date(timezone.localdate().year - 1, 5, 1)


@pytest.fixture
def advised(world):
    intman = Programme.objects.create(code="intman", name="Integrationsmanagement")
    SiteOffer.objects.create(programme=intman, site=world.site, valid_from=START)
    for n in range(12):
        case = make.case(world, client=make.person(world, last_name=f"N{n}"), programme=intman)
        part_a(case, employed=n < 5)
    CounsellingCase.objects.update(first_contact_on=BEGUN)
    PartA.objects.update(recorded_on=BEGUN, agreement_on=BEGUN, recording_on=BEGUN, competence_on=BEGUN)


def test_from_the_empty_page_to_a_review(page, sign_in, world, advised, look):
    sign_in(world.technical_lead)
    page.goto("/auswertung/")
    page.get_by_role("link", name="Strategie").click()
    page.get_by_text("noch ohne Ziel").first.wait_for()
    look("strategie-leer")
    page.get_by_role("link", name=re.compile("Ziel setzen.*In Arbeit")).click()
    look("ziel-neu")
    page.get_by_label("Wert in %").fill("60")
    page.get_by_label("Zuständig").select_option(label="Counsellor Beispiel")
    page.get_by_label("Maßnahmen").fill("Praktika mit der Handwerkskammer.\nDeutsch am Arbeitsplatz.")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Gespeichert.").wait_for()

    FigureTarget.objects.update(decided_on=days_ago(100), review_on=days_ago(1))
    set_for(world, figure="integration.housing", value=80, until=days_ago(3), responsible=world.colleague)
    set_for(world, figure="surveys.knows_offers", aim="at_least", value=75)
    page.goto("/auswertung/strategie/")
    page.get_by_role("link", name="In Arbeit").click()
    page.get_by_role("link", name="Besprechung festhalten").click()
    look("ziel-besprechen")
    page.get_by_label("Was kam heraus?").fill("Zu wenige Kurse am Abend. Die Stabsstelle fragt beim Träger nach.")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Zu wenige Kurse am Abend.").wait_for()
    look("ziel")
    page.get_by_role("link", name="Strategie").click()
    look("strategie")


def test_who_is_responsible_finds_it_today_with_the_keyboard_alone(page, sign_in, world, advised, look):
    target = set_for(world, responsible=world.counsellor, review_on=days_ago(2))
    sign_in(world.counsellor)
    page.goto("/")
    look("heute-ziele")
    page.get_by_role("link", name="In Arbeit").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/strategie/{target.public_id}/")
    page.get_by_text("Besprechung fällig").wait_for()
    page.get_by_role("link", name="Besprechung festhalten").press("Enter")
    page.get_by_label("Was kam heraus?").fill("Läuft an.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Läuft an.").wait_for()
    page.goto("/")
    assert page.get_by_text("Ziele besprechen").count() == 0
