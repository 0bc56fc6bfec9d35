"""Numbers and years that come in an address or a hidden field. What is none is passed over, nobody is told off for it."""

from collections.abc import Container, Mapping
from datetime import date
from typing import TypeVar

U = TypeVar("U")


def whole(typed: str, *, digits: int = 9) -> int | None:
    """A whole number, not longer than a column holds."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= digits else None


def asked_year(query: Mapping[str, str], years: Container[int], usual: U, name: str = "jahr") -> int | U:
    """The year that is asked for, where it is one of these."""
    year = whole(query.get(name, ""), digits=4)
    return year if year is not None and year in years else usual


def recent_years(today: date) -> range:
    """This year and the ten before."""
    return range(today.year - 10, today.year + 1)


def recent_year(query: Mapping[str, str], today: date) -> int:
    """This year, or one of the ten before."""
    return asked_year(query, recent_years(today), today.year)
