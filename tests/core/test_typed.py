"""Numbers and years from an address: whatever stands there, nothing breaks."""

from datetime import date

import pytest

from lotse.core.typed import asked_year, recent_year, whole

TODAY = date(2026, 6, 15)
NO_NUMBERS = ["", " ", "-1", "1.5", "1e3", "²", "٣", "１", "x", "0x1", "9" * 10, "9" * 5000]


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("007", 7), ("123456789", 123456789)])
def test_a_whole_number_is_read(typed, number):
    assert whole(typed) == number


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_anything_else_is_none(typed):
    assert whole(typed) is None
    assert asked_year({"jahr": typed}, range(9999), "usual") == "usual"


def test_a_number_is_as_long_as_the_column_allows():
    assert [whole("9" * 18, digits=18), whole("9" * 19, digits=18)] == [10**18 - 1, None]


def test_a_year_is_one_of_those_that_there_are():
    years = range(2000, 2101)
    assert [asked_year({"zu": typed}, years, None, "zu") for typed in ("2000", "2100", "1999", "2101", "02026")] == [
        2000,
        2100,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("typed", "year"), [("2016", 2016), ("2015", 2026), ("2026", 2026), ("2027", 2026), (None, 2026)]
)
def test_a_recent_year_is_this_one_or_one_of_the_ten_before(typed, year):
    assert recent_year({"jahr": typed} if typed else {}, TODAY) == year
