"""What the shipped lists say: complete, well-formed, and as long as the forms print them."""

import re
from datetime import date

import pytest

from lotse.casework import enums
from lotse.casework.part_a_template import TEMPLATES
from lotse.catalogues.loader import DATA, all_catalogues, catalogue, choices, entry, label, releases, translations

LISTS = [pytest.param(found, id=found.name) for found in all_catalogues()]
READ_BY_CLIENTS = [param for param in LISTS if param.values[0].for_clients]
TABLES = {"part_a_word", "programme_delimitation"}  # read as a whole, nobody chooses from them
LANGUAGES = {"ar", "en", "fr", "tr"}

PRINTED = {
    "access_route": 4,
    "achievement": 4,
    "accommodation": 2,
    "apprenticeship_extent": 2,
    "cm_phase": 9,
    "contract_term": 2,
    "counselling_topic": 11,
    "course_phase": 3,
    "course_type": 5,
    "employment_extent": 3,
    "first_contact_outcome": 4,
    "gender": 3,
    "german_level": 7,
    "goal_area_mbe": 15,
    "other_language_level": 3,
    "plan_status": 4,
    "recognition_state": 4,
    "service_kind": 4,
    "service_tier": 3,
    "special_skill": 9,
    "target_group_mbe": 4,
    "training_state": 3,
    "working_principle": 7,
    "yes_no": 2,
}
CLOSED = {
    "achievement": enums.Achievement,
    "assessment_kind": enums.AssessmentKind,
    "consent_form": enums.ConsentForm,
    "first_contact_outcome": enums.Outcome,
    "plan_status": enums.PlanStatusValue,
    "service_tier": enums.Tier,
    "who": enums.Who,
}


@pytest.mark.parametrize(("name", "length"), PRINTED.items())
def test_printed_list_has_exactly_the_printed_values(name, length):
    assert len(catalogue(name).entries) == length


@pytest.mark.parametrize(("name", "enum"), CLOSED.items())
def test_closed_list_says_what_the_rules_say(name, enum):
    assert dict(catalogue(name).choices) == dict(enum.choices)


def test_consent_purposes_include_every_act():
    assert set(enums.Act.values) <= set(catalogue("consent_purpose").keys)


@pytest.mark.parametrize("found", LISTS)
def test_every_list_names_its_source(found):
    assert found.source.title
    assert re.fullmatch(r"\d{4}(-\d\d)?", found.source.date)


@pytest.mark.parametrize("found", [param for param in LISTS if param.id not in TABLES])
def test_labels_of_a_group_differ_on_any_day(found):
    for day in (date(2005, 1, 1), date.today()):
        offered = [(e.group, e.label) for e in found.offered_on(day)]
        assert len(offered) == len(set(offered))


@pytest.mark.parametrize("found", LISTS)
def test_every_written_name_leads_to_one_entry(found):
    day = date.today()
    for offered in found.offered_on(day):
        assert found.key_of(offered.key) == offered.key
        for alias in offered.aliases:
            assert found.key_of(alias) == offered.key


@pytest.mark.parametrize("found", READ_BY_CLIENTS)
def test_words_for_clients_exist_in_every_language(found):
    missing = {key: LANGUAGES - e.labels.keys() for key, e in found.entries.items() if LANGUAGES - e.labels.keys()}
    assert missing == {}


def test_translations_name_only_words_that_exist():
    strays = [
        (t.language, name, key)
        for t in translations().values()
        for name, words in (*t.words.items(), *t.texts.items())
        for key in words
        if key not in catalogue(name).entries
    ]
    assert strays == []


@pytest.mark.parametrize("folder", [f.name for f in DATA.iterdir() if f.is_dir()])
def test_key_once_released_is_in_every_later_release(folder):
    keys: set[str] = set()
    for release in releases(folder):
        assert keys <= set(release.keys)
        keys |= set(release.keys)


@pytest.mark.rule("CL-16")
def test_german_is_measured_in_seven_ordered_steps_and_other_languages_in_three():
    assert catalogue("german_level").keys == ("below_a1", "a1", "a2", "b1", "b2", "c1", "c2")
    assert catalogue("other_language_level").keys == ("rudimentary", "fluent", "negotiation_safe")


def test_form_has_seven_disability_marks_and_one_stays_in_the_house():
    marks = catalogue("disability_mark").entries.values()
    assert [m.label for m in marks if m.export] == ["G", "aG", "B", "H", "RF", "Bl", "Gl"]
    assert [m.label for m in marks if not m.export] == ["TBl"]


@pytest.mark.parametrize(("misread", "key"), [("BI", "bl"), ("GI", "gl"), ("TBI", "tbl")])
def test_misread_disability_marks_are_understood_on_import(misread, key):
    assert catalogue("disability_mark").key_of(misread) == key


def test_every_goal_belongs_to_an_area_and_every_area_has_goals():
    groups = [area for area, _ in catalogue("goal").grouped_choices]
    assert groups == list(catalogue("goal_area").keys)
    assert all(len(goals) > 1 for _, goals in catalogue("goal").grouped_choices)


@pytest.mark.rule("CL-18")
def test_goal_areas_are_proposals():
    assert catalogue("goal_area").is_default
    assert catalogue("goal").is_default


def test_countries_are_complete_and_know_what_has_no_code():
    keys = catalogue("country").keys
    assert len([k for k in keys if re.fullmatch("[a-z]{2}", k)]) == 250
    assert {"xk", "stateless", "unresolved", "not_stated"} <= set(keys)


def test_former_state_is_readable_but_not_offered():
    assert label("country", "suhh") == "Sowjetunion"
    assert "suhh" not in dict(choices("country"))
    assert "suhh" in dict(catalogue("country").choices_on(date(1990, 1, 1), keep=()))


def test_municipality_codes_have_eight_digits():
    assert [k for k in catalogue("municipality_code").keys if not re.fullmatch(r"(0[1-9]|1[0-6])\d{6}", k)] == []


def test_municipality_code_follows_a_reform():
    codes = catalogue("municipality_code")
    before, after = (dict(codes.choices_on(day)) for day in (date(2021, 6, 30), date(2021, 7, 1)))
    assert [k for k in before if before[k] == "Eisenach"] == ["16056000"]
    assert [k for k in after if after[k] == "Eisenach"] == ["16063105"]


def test_missing_part_can_be_reasoned_with_a_short_enquiry():
    assert entry("part_missing_reason", "short_enquiry").label == "nur kurze Anfrage"


def test_form_fields_find_their_lists():
    fields = [f for t in TEMPLATES.values() for c in t.chapters for f in c.fields if f.catalogue]
    assert [f.key for f in fields if not catalogue(f.catalogue).choices] == []


def test_every_question_of_part_a_can_be_printed_in_the_reader_s_language():
    words = catalogue("part_a_word")
    asked = [(f.key, f.label) for t in TEMPLATES.values() for c in t.chapters for f in c.fields]
    chapters = [(f"chapter_{c.key}", c.title) for t in TEMPLATES.values() for c in t.chapters]
    assert dict(asked + chapters) == dict(words.choices)


def test_answers_of_part_a_can_be_printed_in_the_reader_s_language():
    legal_or_names = {"residence_status", "disability_mark"}
    lists = {f.catalogue for t in TEMPLATES.values() for c in t.chapters for f in c.fields if f.catalogue}
    assert [name for name in lists if not catalogue(name).for_clients and name not in legal_or_names] == []


def test_delimitation_is_a_table_of_four_rows_and_three_programmes():
    table = catalogue("programme_delimitation").grouped_choices
    assert [row for row, _ in table] == ["Methode", "Arbeitsfeld", "Zielgruppe", "Ziel"]
    assert {tuple(key.rsplit("_", 1)[1] for key, _ in cells) for _, cells in table} == {("ia", "sbf", "mbe")}


def test_languages_of_the_house_come_first():
    assert catalogue("language").keys[:5] == ("ar", "de", "en", "fr", "tr")
    assert len(catalogue("language").keys) >= 120
