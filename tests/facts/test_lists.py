"""The lists that the indicators come from: each number is counted, rated, or named as missing."""

import pytest

from lotse.facts.definitions import gaps
from lotse.facts.ratings import rated_indicators
from lotse.facts.registry import all_facts

LISTS = {
    "integration": {f"{number}" for number in range(1, 19)},
    "counselling": {f"{number}" for number in range(1, 23)},
    "network": {"N1", "N2", "N3", "N4", *(f"O{number}" for number in range(1, 9))},
}


@pytest.mark.parametrize("sheet", LISTS)
def test_no_number_of_a_list_is_left_out_in_silence(sheet):
    counted = {fact.number.split(" ")[0] for fact in all_facts() if fact.sheet == sheet and fact.number}
    rated = {found.number for found in rated_indicators().values()} if sheet == "network" else set()
    missing = {gap.number for gap in gaps(sheet)}
    assert counted | rated | missing == LISTS[sheet]
    assert (counted & missing, rated & missing, counted & rated) == (set(), set(), set())


def test_nothing_of_the_lists_is_missing_any_more():
    assert [gap for sheet in LISTS for gap in gaps(sheet)] == []


def test_cells_of_a_share_are_cells_of_its_figure():
    """A part of a whole; of money also one sum beside another."""
    for fact in (fact for fact in all_facts() if fact.share):
        whole, measure = set(fact.share_of or fact.keys), fact.population.measure
        assert set(fact.share) <= (set(fact.keys) if measure and measure.is_money else whole)
        assert whole <= set(fact.keys)
