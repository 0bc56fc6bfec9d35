"""How often a format met and must, and days for the year to come."""

from datetime import date, time, timedelta

import pytest

from lotse.network.holidays import easter, why_free
from lotse.network.queries.rhythm import Span, Standing, proposals, span_of, standings
from tests.factories import network as make

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31), "2026")


@pytest.mark.parametrize(
    ("held", "planned", "required", "words", "tone", "warning"),
    [
        (2, 1, 3, "2 von 3 gehalten, 1 geplant – reicht", "", ""),
        (3, 0, 3, "3 von 3 gehalten", "good", ""),
        (1, 1, 3, "1 von 3 gehalten, 1 geplant", "warn", "Es fehlt noch ein Treffen bis 31.12."),
        (0, 0, 3, "0 von 3 gehalten", "warn", "Es fehlen noch 3 Treffen bis 31.12."),
        (1, 0, 0, "1 gehalten", "none", ""),
    ],
)
def test_colour_and_words_say_the_same(held, planned, required, words, tone, warning):
    standing = Standing(YEAR, held, planned, required)
    assert (standing.words, standing.tone, standing.warning) == (words, tone, warning)


def test_quarters_and_years_have_their_days():
    assert span_of("quarter", date(2026, 11, 5)) == Span(date(2026, 10, 1), date(2026, 12, 31), "4. Quartal 2026")
    assert span_of("quarter", date(2026, 1, 1)) == Span(date(2026, 1, 1), date(2026, 3, 31), "1. Quartal 2026")
    assert span_of("year", date(2026, 11, 5)) == YEAR


@pytest.mark.rule("NW-02")
def test_held_and_planned_of_the_running_quarter_are_counted(world, monkeypatch):
    made = make.round_of(world)
    today = make.soon(0).date()
    first = span_of("quarter", today).first
    make.held(world, made)
    make.meeting_of(world, made, make.soon(-120))  # another quarter, never closed

    standing = standings([made], today)[made.pk]

    expected = 1 if make.began(180).date() >= first else 0
    assert (standing.held, standing.planned, standing.required) == (expected, 0, 1)


def test_standings_cost_one_statement(world, django_assert_num_queries):
    formats = [make.format_of(world, name=f"Runde {number}") for number in range(4)]
    with django_assert_num_queries(1):
        standings(formats, make.soon(0).date())


def test_easter_falls_where_it_falls():
    assert [easter(year) for year in (2024, 2025, 2026, 2027)] == [
        date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 10, 3), "Samstag"), (date(2025, 10, 3), "Tag der Deutschen Einheit"), (date(2026, 6, 4), "Fronleichnam"),
        (date(2026, 5, 14), "Christi Himmelfahrt"), (date(2026, 6, 5), ""),
    ],
)  # fmt: skip
def test_free_days_are_known(day, why):
    assert why_free(day) == why


@pytest.mark.rule("NW-07")
def test_a_year_is_proposed_by_the_minimum_on_working_days_and_no_two_on_one(world):
    circle = make.format_of(world, "specialist_circle")
    other = make.format_of(world, "specialist_circle", name="Zweiter Kreis")
    rows = proposals([circle, other], 2027, date(2026, 11, 1))

    days = [row.day for row in rows if row.day]
    assert (len(days), len(set(days)), {why_free(day) for day in days}) == (6, 6, {""})
    assert [row.day for row in rows].count(None) == 2
    assert {row.begins for row in rows} == {time(10)}


def test_what_is_planned_already_is_not_proposed_again(world):
    circle = make.format_of(world, "specialist_circle")
    make.meeting_of(world, circle, make.soon(0).replace(year=2027, month=2, day=9))
    days = [row.day for row in proposals([circle], 2027, date(2026, 11, 1)) if row.day]
    assert len(days) == 2
    assert all(day > date(2027, 4, 1) for day in days)
    assert days[1] - days[0] > timedelta(days=60)
