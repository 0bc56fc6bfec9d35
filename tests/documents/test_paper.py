"""The papers of casework, as they leave the printer."""

import pytest
from django.utils import timezone

from lotse.casework.actions.parts_a import save_chapter
from lotse.casework.documents import JOINT_TEXTS, consent_paper, evaluation_block, plan_paper
from lotse.casework.models import Client
from lotse.casework.referral_papers import disclosure_paper
from lotse.catalogues.loader import catalogue
from lotse.documents.models import RetentionRule
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


@pytest.mark.rule("CL-26")
@pytest.mark.parametrize("language", LANGUAGES)
def test_counselling_by_two_services_has_a_sheet_of_its_own(world, language):
    paper = consent_paper(make.person(world), language, JOINT_TEXTS)
    printed = text_of(render_pdf(paper))

    assert [word in printed for word in ("Beratung durch zwei Dienste", "So widerrufen Sie", "Angaben weitergeben")] == [
        True, True, False,
    ]  # fmt: skip


def told(paper):
    """Every word of the other language, as data."""
    pairs = [pair for block in paper.blocks for pair in getattr(block, "pairs", ())]
    return [(pair.de, pair.other) for pair in pairs]


@pytest.mark.parametrize(("language", "three", "two"), [
    ("ar", "ثلاث سنوات", "24 شهرًا"), ("en", "three years", "24 months"), ("fr", "trois ans", "24 mois"), ("tr", "üç yıl", "24 ay"),
])  # fmt: skip
def test_how_long_a_file_is_kept_is_said_in_the_readers_language(world, language, three, two):
    client = make.person(world)
    proposed = told(consent_paper(client, language))
    RetentionRule.objects.create(
        organisation=world.nordstadt,
        retention_class="client_file",
        months=24,
        reason="x",
        decided_on=make.days_ago(0),
        decided_by="x",
    )
    decided = told(consent_paper(client, language))

    for pairs, german, other in ((proposed, "drei Jahre, gezählt", three), (decided, "24 Monate, gezählt", two)):
        assert [(german in de, other in there) for de, there in pairs if "bewahren wir die Akte" in de] == [
            (True, True)
        ]


@pytest.mark.rule("DP-03")
@pytest.mark.parametrize(("language", "titles"), [
    ("ar", "الاسم وبيانات الاتصال، معلومات عن: التنقل"), ("en", "name and contact details, details about: Mobility"),
    ("fr", "nom et coordonnées, données sur : Mobilité"), ("tr", "ad ve iletişim bilgileri, şu konudaki bilgiler: Ulaşım"),
])  # fmt: skip
def test_what_is_passed_on_is_named_in_the_readers_language(plan, world, language, titles):
    referral = make.referral(world, client=plan.client, sections=["contact", "part_a.mobility"])
    german, other = told(disclosure_paper(referral, language))[0]

    assert german.endswith("Name und Kontaktdaten, Angaben zu: Mobilität")
    assert other.endswith(titles)
