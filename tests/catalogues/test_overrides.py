from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lotse.catalogues.loader import catalogue
from lotse.catalogues.overrides import merged

REASONS = catalogue("end_reason")


@dataclass(frozen=True)
class Wish:
    key: str
    label: str = ""
    group: str = ""
    hidden: bool = False
    order: int | None = None
    text: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def test_without_wishes_the_list_stays():
    assert merged(REASONS, []).choices == REASONS.choices


def test_renamed_entry_keeps_its_place_and_loses_its_translations():
    changed = merged(catalogue("goal"), [Wish("find_flat", "Eigene vier Wände")])
    assert changed.keys == catalogue("goal").keys
    assert changed.label("find_flat") == "Eigene vier Wände"
    assert changed.label("find_flat", "fr") == "Eigene vier Wände"


def test_moved_entry_keeps_its_translations():
    changed = merged(catalogue("goal"), [Wish("find_flat", order=1)])
    assert changed.keys[0] == "find_flat"
    assert changed.label("find_flat", "fr") == "Trouver son propre logement"


def test_hidden_entry_is_not_offered_but_readable():
    changed = merged(REASONS, [Wish("moved", hidden=True)])
    assert "moved" not in dict(changed.choices)
    assert changed.label("moved") == "Umzug"
    assert "moved" in dict(changed.choices_on(date.today(), keep=["moved"]))


def test_own_entry_is_added_at_the_end_or_at_its_place():
    assert merged(REASONS, [Wish("own_x", "Ruhestand")]).choices[-1] == ("own_x", "Ruhestand")
    assert merged(REASONS, [Wish("own_x", "Ruhestand", order=1)]).choices[0] == ("own_x", "Ruhestand")


def test_own_dates_and_text_replace_the_proposed_ones():
    wish = Wish("moved", text="Neu", valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))
    changed = merged(REASONS, [wish])
    assert changed.entry("moved").text == "Neu"
    assert [
        ("moved" in dict(changed.choices_on(day))) for day in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1))
    ] == [False, True, False]


def test_own_goal_stands_in_its_area():
    grouped = dict(merged(catalogue("goal"), [Wish("own_x", "Garten pachten", group="housing")]).grouped_choices)
    assert ("own_x", "Garten pachten") in grouped["housing"]


@pytest.mark.parametrize("name", ["german_level", "gender", "achievement"])
def test_official_list_does_not_change(name):
    official = catalogue(name)
    assert merged(official, [Wish(official.keys[0], "anders", hidden=True)]) is official


wishes = some.builds(
    Wish,
    key=some.sampled_from([*REASONS.keys, "own_1", "own_2"]),
    label=some.just("Neu"),
    hidden=some.booleans(),
    order=some.none() | some.integers(1, 99),
)


@given(some.lists(wishes, max_size=12, unique_by=lambda wish: wish.key))
def test_no_wish_makes_a_stored_key_unreadable(wanted):
    changed = merged(REASONS, wanted)
    assert set(changed.keys) == {*REASONS.keys, *(wish.key for wish in wanted)}
    assert len(changed.choices) == len(changed.keys) - sum(wish.hidden for wish in wanted)
