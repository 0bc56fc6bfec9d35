"""What is known of a person on a day. None or empty means: not asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self


@dataclass(frozen=True)
class Span:
    """A day that may be known only to the month or the year: somewhere between both days."""

    first: date
    last: date

    @classmethod
    def of(cls, day: date | None, precision: str = "day") -> Self | None:
        """The way partial dates are stored: the first possible day and how exact it is; "estimated" is a year."""
        if day is None:
            return None
        if precision == "day":
            return cls(day, day)
        months_ahead = 1 if precision == "month" else 12
        return cls(day, _first_of_month_after(day, months_ahead) - timedelta(days=1))

    def latest(self, other: Self | None) -> Self:
        """The later of two days, as far as it is known."""
        return type(self)(max(self.first, other.first), max(self.last, other.last)) if other else self


def _first_of_month_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


@dataclass(frozen=True)
class Offer:
    """How long a programme has already advised this person, and until when that was prolonged."""

    since: date
    prolonged_until: date | None = None


@dataclass(frozen=True)
class Known:
    """`land`: first two digits of the municipality code. `offered`: codes of what is offered where the person asks."""

    born: Span | None = None
    entered: Span | None = None
    permanent_since: date | None = None
    is_resettler: bool | None = None
    residence_status: str = ""
    in_crisis: bool | None = None
    has_free_capacity: bool | None = None
    has_course_duty: bool | None = None
    in_follow_up_housing: bool | None = None
    is_discriminated: bool | None = None
    land: str = ""
    offered: frozenset[str] = frozenset()
    offers: Mapping[str, Offer] = field(default_factory=dict)
