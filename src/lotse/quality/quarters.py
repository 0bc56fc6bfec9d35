"""The quarters that living evidence is read for: the one that runs and the four before it."""

from dataclasses import dataclass
from datetime import date, timedelta

from lotse.core.dates import months_before, months_later
from lotse.facts.registry import Period

SHOWN = 5


@dataclass(frozen=True)
class Quarter:
    begins_on: date

    @property
    def ends_on(self) -> date:
        return months_later(self.begins_on, 3) - timedelta(days=1)

    @property
    def name(self) -> str:
        return f"{self.number}. Quartal {self.begins_on.year}"

    @property
    def number(self) -> int:
        return self.begins_on.month // 3 + 1

    def is_over(self, day: date) -> bool:
        return self.ends_on < day

    def until(self, day: date) -> Period:
        """What of it has been until then."""
        return Period(self.begins_on, min(self.ends_on, day))


def quarters_of(year: int) -> list[Quarter]:
    return [Quarter(date(year, month, 1)) for month in (1, 4, 7, 10)]


def quarters(today: date) -> list[Quarter]:
    """Oldest first; the last one runs."""
    running = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return [Quarter(months_before(running, 3 * back)) for back in reversed(range(SHOWN))]
