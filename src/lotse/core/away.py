"""Who is away on which days, whatever app knows it; never why. Siblings do not know each other, so each registers here."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple


class Away(NamedTuple):
    """Both days belong to it."""

    person_id: int
    first_on: date
    last_on: date

    def covers(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


# The people of an organisation who are away between two days.
Source = Callable[[int, date, date], Iterable[Away]]
_SOURCES: list[Source] = []


def register_away(source: Source) -> None:
    if source not in _SOURCES:
        _SOURCES.append(source)


def away_between(organisation_id: int, first: date, last: date) -> list[Away]:
    """One statement per registered source."""
    return [away for source in _SOURCES for away in source(organisation_id, first, last)]
