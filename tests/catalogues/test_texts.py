import pytest

from lotse.catalogues.entries import UnknownEntry
from lotse.catalogues.texts import (
    DRAFT_MARK,
    languages,
    paired_paragraphs,
    placeholders,
    text,
    text_keys,
    words_version,
)

OTHER = ("ar", "en", "fr", "tr")


def test_clients_are_offered_five_languages_german_first():
    assert list(languages()) == ["de", "ar", "en", "fr", "tr"]


@pytest.mark.rule("DP-01")
@pytest.mark.parametrize("language", ["de", *OTHER])
@pytest.mark.parametrize("key", text_keys())
def test_every_text_exists_in_every_language(key, language):
    found = text(key, language)
    assert found.title
    assert len(found.body) > 80


@pytest.mark.parametrize("language", OTHER)
@pytest.mark.parametrize("key", text_keys())
def test_translation_has_the_gaps_and_paragraphs_of_the_german_text(key, language):
    german, other = text(key), text(key, language)
    assert other.placeholders == german.placeholders
    assert len(other.paragraphs) == len(german.paragraphs)


def test_bilingual_sheet_pairs_the_paragraphs():
    assert paired_paragraphs("withdrawal", "en")[1] == (
        "Ab dann nutzen wir die Angaben nicht mehr und geben nichts weiter.",
        "From then on we no longer use the details and pass nothing on.",
    )


def test_every_act_that_needs_a_text_has_one():
    acts = {
        "counselling_agreement",
        "recording",
        "competence_recording",
        "health_data",
        "disclosure",
        "email_channel",
        "joint_counselling",
    }
    assert acts | {"information", "information_contacts", "withdrawal"} == set(text_keys())


def test_german_is_the_source_and_translations_are_drafts():
    assert text("recording").draft_mark == ""
    assert [text("recording", language).draft_mark for language in OTHER] == [DRAFT_MARK] * 4


def test_only_arabic_runs_from_right_to_left():
    assert [language for language in ("de", *OTHER) if text("recording", language).direction == "rtl"] == ["ar"]


def test_version_says_which_wording_lay_on_the_table():
    assert text("recording").version == "2026-11"
    assert text("recording", "tr").version == "2026-11/tr-2026-11"
    assert words_version("tr") == "words/tr-2026-11-voices"


@pytest.mark.rule("DP-03")
def test_disclosure_names_what_to_whom_and_why():
    filled = text("disclosure", "en").filled(data="my address", recipient="Jobcentre", purpose="an appointment")
    assert filled.paragraphs[:3] == (
        "I allow the advice centre to pass on these details: my address",
        "To: Jobcentre",
        "What for: an appointment",
    )


def test_text_with_a_gap_left_open_is_refused():
    with pytest.raises(KeyError):
        text("disclosure").filled(data="Anschrift")


def test_filled_in_braces_stay_as_typed():
    filled = text("disclosure").filled(data="{recipient}", recipient="Jobcenter", purpose="Termin")
    assert placeholders(text("disclosure").body) == {"data", "recipient", "purpose"}
    assert filled.paragraphs[0].endswith("{recipient}")


@pytest.mark.parametrize("language", ["xx", "", "DE"])
def test_unknown_language_never_becomes_german_silently(language):
    with pytest.raises(UnknownEntry):
        text("recording", language)


def test_unknown_language_has_no_words_to_release():
    with pytest.raises(UnknownEntry):
        words_version("xx")
