"""One line of somebody's calendar, whatever app it comes from, and the days of a week around it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone


@dataclass(frozen=True)
class CalendarEntry:
    """`ref` is the public id behind it; `badges` are pairs of words and tone; `next_url` leads to what should happen next."""

    ref: str
    starts_at: datetime
    ends_at: datetime | None
    title: str
    url: str
    place: str = ""
    badges: tuple[tuple[str, str], ...] = ()
    next_url: str = ""
    next_label: str = ""
    is_off: bool = False  # cancelled: shown, but the time is free
    is_whole_day: bool = False  # takes no time of hers, and its title names nobody

    @property
    def lasts(self) -> timedelta:
        if self.is_whole_day:
            return timedelta()
        return self.ends_at - self.starts_at if self.ends_at else timedelta(hours=1)

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)


# What an app knows of the actor's own days between two moments. Siblings do not know each other, so each registers here.
Source = Callable[[Any, datetime, datetime], list[CalendarEntry]]
_SOURCES: list[Source] = []


def register_calendar(source: Source) -> None:
    if source not in _SOURCES:
        _SOURCES.append(source)


def elsewhere(actor: Any, start: datetime, end: datetime) -> list[CalendarEntry]:
    """One statement per registered source."""
    return [entry for source in _SOURCES for entry in source(actor, start, end)]


def by_day(days: Iterable[date], entries: Iterable[CalendarEntry]) -> list[tuple[date, list[CalendarEntry]]]:
    found: dict[date, list[CalendarEntry]] = {day: [] for day in days}
    for entry in sorted(entries, key=lambda entry: entry.starts_at):
        if entry.day in found:
            found[entry.day].append(entry)
    return list(found.items())
