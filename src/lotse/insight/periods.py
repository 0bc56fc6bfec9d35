"""The fixed periods that tables are released for: whole months, quarters and years that are over."""

from dataclasses import dataclass
from datetime import date, timedelta

from lotse.core.dates import MONTHS, months_later
from lotse.facts.registry import Period
from lotse.insight.enums import PeriodKind

LENGTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}
OFFERED = {PeriodKind.YEAR: 3, PeriodKind.QUARTER: 8, PeriodKind.MONTH: 12}


@dataclass(frozen=True)
class FixedPeriod:
    kind: PeriodKind
    start: date

    @property
    def end(self) -> date:
        return months_later(self.start, LENGTHS[self.kind]) - timedelta(days=1)

    @property
    def days(self) -> Period:
        return Period(self.start, self.end)

    @property
    def key(self) -> str:
        return f"{self.kind.value}-{self.start}"

    @property
    def name(self) -> str:
        year = self.start.year
        if self.kind == PeriodKind.YEAR:
            return f"{year}"
        if self.kind == PeriodKind.QUARTER:
            return f"{self.start.month // 3 + 1}. Quartal {year}"
        return f"{MONTHS[self.start.month - 1]} {year}"


def offered(today: date) -> list[FixedPeriod]:
    """The last ones that are over, years first."""
    return [period for kind, number in OFFERED.items() for period in _last(kind, number, today)]


def _last(kind: PeriodKind, number: int, today: date) -> list[FixedPeriod]:
    months = LENGTHS[kind]
    running = date(today.year, (today.month - 1) // months * months + 1, 1)
    return [FixedPeriod(kind, months_later(running, -months * n)) for n in range(1, number + 1)]
