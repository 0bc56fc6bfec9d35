"""The papers of casework, as they leave the printer."""

import pytest
from django.utils import timezone

from lotse.casework.actions.parts_a import save_chapter
from lotse.casework.documents import consent_paper, evaluation_block, plan_paper
from lotse.casework.models import Client
from lotse.catalogues.loader import catalogue
from lotse.documents.rendering import render_pdf
from tests.documents.reading import text_of, words_of
from tests.factories import casework as make

LANGUAGES = ("de", "ar", "en", "fr", "tr")


@pytest.fixture
def plan(world):
    client = make.person(world, gender="w", country_of_origin="tr", birth_date=make.days_ago(365 * 30 + 8))
    case = make.case(world, client=client)
    save_chapter(by=world.counsellor.actor, case=case, chapter_key="mobility", given={"car_available": False})
    return make.plan(world, of=case, agreed=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_plan_prints_in_every_language_with_places_to_sign(plan, language):
    printed = text_of(render_pdf(plan_paper(plan, language)))

    for part in (
        "Mira Özdemir",
        "Eine Arbeit finden",
        "Bewerbung schreiben",
        "Unterschrift Klient*in",
        "Unterschrift Berater*in",
    ):
        assert part in printed
    assert ("Entwurf, nicht" in printed) is (language != "de")


def test_plan_on_paper_holds_part_a_as_it_was_answered(plan):
    printed = words_of(render_pdf(plan_paper(plan)))
    assert "Auto verfügbar? nein" in printed


@pytest.mark.rule("DP-10")
def test_evaluation_sheet_has_seven_fields_and_no_name(plan):
    block = evaluation_block(plan, timezone.localdate())

    words = [part for row in block.rows for part in row]
    assert len(block.rows) == 7
    assert words[:6] == [
        "Geschlecht",
        "weiblich",
        "Alter (in Jahren)",
        "30",
        "Aufenthaltsdauer in Deutschland (in Monaten)",
        "nicht erhoben",
    ]
    assert not any(
        secret in f"{words}" for secret in ("Özdemir", "Mira", f"{Client.objects.get().birth_date:%d.%m.%Y}")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_consent_paper_prints_four_acts(world, language):
    printed = text_of(render_pdf(consent_paper(make.person(world), language)))

    for act in ("counselling_agreement", "recording", "competence_recording", "health_data"):
        assert catalogue("client_text").label(act) in printed
