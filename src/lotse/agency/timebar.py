"""Where the steps of a plan lie in its years: days in, places out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lotse.agency.models import AgencyDocument, TaskStep
from lotse.core.dates import MONTHS


@dataclass(frozen=True)
class Bar:
    """A step as a piece of the line from the first to the last day of the plan, in days."""

    step: TaskStep
    x: int
    width: int
    is_late: bool


@dataclass(frozen=True)
class TimeBar:
    """`marks`: where months begin; `today`: where it is now, None outside the years of the plan."""

    days: int
    bars: tuple[Bar, ...]
    marks: tuple[int, ...]
    months: tuple[str, ...]
    today: int | None


def time_bar(document: AgencyDocument, steps: Iterable[TaskStep], today: date) -> TimeBar:
    first, last = date(document.funding_year, 1, 1), date(document.until_year, 12, 31)
    days = (last - first).days + 1
    bars = tuple(_bar(step, first, days, today) for step in steps)
    begins = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    marks = tuple((day - first).days for day in begins)
    is_inside = first <= today <= last
    months = tuple(MONTHS[day.month - 1] for day in begins)
    return TimeBar(days, bars, marks, months, (today - first).days if is_inside else None)


def _bar(step: TaskStep, first: date, days: int, today: date) -> Bar:
    """Of what reaches beyond the plan, the part inside; never thinner than can be seen."""
    begin = min(max((step.starts_on - first).days, 0), days - 1)
    end = min(max((step.ends_on - first).days + 1, begin + 1), days)
    width = max(end - begin, days // 90)
    return Bar(step, min(begin, days - width), width, step.done_on is None and step.ends_on < today)
