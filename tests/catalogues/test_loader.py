from datetime import date

import pytest

from lotse.catalogues import loader
from lotse.catalogues.entries import BadCatalogue, UnknownEntry
from lotse.catalogues.loader import catalogue, entry, label, load, load_translation

HEAD = """\
catalogue: colour
version: 2026-11
title: Farbe
valid_from: {since}
source: {{title: erdacht, date: '2026'}}
entries:
"""
RED = "- {key: red, label: Rot}\n"
TRANSLATION = """\
language: xx
version: 2026-11
title: Xisch
own_name: Xx
direction: ltr
valid_from: 2026-01-01
for_texts: 2026-11
reviewed: false
words:
  colour: {red: rouge}
texts: {}
"""


def written(tmp_path, entries, since="2026-01-01", version="2026-11"):
    path = tmp_path / "colour" / f"{version}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD.format(since=since).replace("2026-11", version) + entries, encoding="utf-8")
    return path


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A library of its own with two releases of one list."""
    monkeypatch.setattr(loader, "DATA", tmp_path)
    written(tmp_path, RED, since="2020-01-01", version="2020-01")
    written(
        tmp_path, "- {key: red, label: Purpur}\n- {key: blue, label: Blau}\n", since="2026-01-01", version="2026-01"
    )
    loader.releases.cache_clear()
    yield
    loader.releases.cache_clear()


def test_release_of_the_day_is_chosen(shelf):
    assert catalogue("colour", date(2025, 12, 31)).version == "2020-01"
    assert catalogue("colour", date(2026, 1, 1)).version == "2026-01"


def test_release_announced_for_later_is_not_used_yet(shelf, tmp_path):
    written(tmp_path, RED, since="2999-01-01", version="2999-01")
    loader.releases.cache_clear()
    assert catalogue("colour").version == "2026-01"


def test_day_before_the_first_release_knows_no_list(shelf):
    with pytest.raises(UnknownEntry, match="colour on 2019-12-31"):
        catalogue("colour", date(2019, 12, 31))


def test_old_release_keeps_its_words(shelf):
    assert catalogue("colour", date(2021, 1, 1)).label("red") == "Rot"
    assert catalogue("colour").label("red") == "Purpur"


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param("[]", id="no entry"),
        pytest.param(RED + RED, id="a key twice"),
        pytest.param("- {key: red}", id="no label"),
        pytest.param("- {key: red, label: ''}", id="empty label"),
        pytest.param("- {key: no, label: Nein}", id="a key that YAML reads as false"),
        pytest.param("- {key: 01001000, label: Flensburg}", id="a key that YAML reads as a number"),
        pytest.param("- {key: grün, label: Grün}", id="a key with an umlaut"),
        pytest.param("- {key: Red, label: Rot}", id="a capital"),
        pytest.param("- {key: red, label: Rot, colour: 1}", id="an unknown field"),
        pytest.param("- {key: red, label: Rot, label: Purpur}", id="a field twice"),
        pytest.param("- {key: red, label: Rot, valid_to: bald}", id="no date"),
        pytest.param("- {key: red, label: Rot, valid_from: 2026-02-01, valid_to: 2026-01-01}", id="end before begin"),
        pytest.param("- {key: red, label: Rot, aliases: [1]}", id="an alias that is no word"),
        pytest.param("- [", id="no YAML"),
    ],
)
def test_malformed_list_is_refused(tmp_path, entries):
    with pytest.raises(BadCatalogue, match="colour"):
        load(written(tmp_path, entries), "colour")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("catalogue: colour", "catalogue: other"),
        ("version: 2026-11", "version: 2026-12"),
        ("title: Farbe\n", ""),
        ("{title: erdacht, date: '2026'}", "{date: '2026'}"),
        ("source:", "extra: 1\nsource:"),
    ],
)
def test_wrong_head_is_refused(tmp_path, said, wrong):
    path = written(tmp_path, RED)
    path.write_text(path.read_text().replace(said, wrong))
    with pytest.raises(BadCatalogue, match="colour"):
        load(path, "colour")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("language: xx", "language: yy"),
        ("direction: ltr", "direction: up"),
        ("{red: rouge}", "{red: ''}"),
        ("reviewed: false", "reviewed: maybe"),
    ],
)
def test_malformed_translation_is_refused(tmp_path, said, wrong):
    path = tmp_path / "2026-11.yaml"
    path.write_text(TRANSLATION.replace(said, wrong))
    with pytest.raises(BadCatalogue, match="xx"):
        load_translation(path, "xx")


def test_well_formed_translation_is_read(tmp_path):
    path = tmp_path / "2026-11.yaml"
    path.write_text(TRANSLATION)
    assert load_translation(path, "xx").words == {"colour": {"red": "rouge"}}


@pytest.mark.parametrize("name", ["nothing", "../data", "", "country/"])
def test_unknown_list_is_named(name):
    with pytest.raises(UnknownEntry):
        catalogue(name)


def test_unknown_entry_is_named_with_its_list():
    with pytest.raises(UnknownEntry, match="gender: x"):
        entry("gender", "x")
    with pytest.raises(UnknownEntry, match="gender: blau"):
        catalogue("gender").key_of("blau")


@pytest.mark.parametrize(
    ("name", "word", "key"),
    [
        ("german_level", "<A1", "below_a1"),
        ("german_level", "A1", "a1"),
        ("language", "Ga", "gaa"),
        ("language", "ga", "ga"),
        ("language", "farsi", "fa"),
        ("country", " Tuerkei ", "tr"),
        ("country", "TÜRKEI", "tr"),
        ("country", "Elfenbeinküste", "ci"),
    ],
)
def test_written_word_leads_to_its_key(name, word, key):
    assert catalogue(name).key_of(word) == key


def test_word_with_two_meanings_is_not_guessed():
    with pytest.raises(UnknownEntry, match="municipality_code: Aachen"):
        catalogue("municipality_code").key_of("Aachen")


def test_unknown_key_does_not_break_a_page():
    assert label("gender", "x") == "x"
    assert label("gender", "") == ""


def test_label_speaks_the_language_or_german():
    assert label("gender", "w", "fr") == "féminin"
    assert label("counselling_topic", "housing", "fr") == "Wohnen"


def test_ended_entry_is_choosable_only_where_it_is_stored():
    statuses = catalogue("residence_status")
    late = date(2030, 1, 1)
    assert "ae_104c" not in dict(statuses.choices_on(late))
    assert "ae_104c" in dict(statuses.choices_on(late, keep=["ae_104c"]))
    assert statuses.label("ae_104c") == "Chancen-Aufenthalt (§ 104c)"


def test_groups_keep_their_order_and_leave_out_what_ended():
    assert [group for group, _ in catalogue("country").grouped_choices] == [
        "Staaten und Gebiete",
        "Ohne Staat oder unbekannt",
    ]


def test_released_list_cannot_be_changed_in_memory():
    with pytest.raises(TypeError):
        catalogue("gender").entries["x"] = entry("gender", "w")
