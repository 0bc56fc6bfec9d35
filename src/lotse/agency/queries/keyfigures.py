"""Key figures that nobody types: the figures of the agency (queries/figures.py), each with the measures behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lotse.agency.models import AgencyDocument, Measure
from lotse.agency.queries.figures import HELD, counted_for, measures_held
from lotse.facts.counting import TOTAL
from lotse.organisations.enums import ActionField


@dataclass(frozen=True)
class Counted:
    """One measure behind a figure; `number` None: nobody has counted there."""

    title: str
    on: date
    number: int | None


@dataclass(frozen=True)
class KeyFigure:
    value: int
    rows: Sequence[Counted]

    @property
    def unknown(self) -> int:
        """Of how many measures the number is missing."""
        return sum(row.number is None for row in self.rows)

    @property
    def is_known(self) -> bool:
        """Somebody has counted, or there was nothing to count: a year without a measure held none."""
        return not self.rows or self.unknown < len(self.rows)


@dataclass(frozen=True)
class Source:
    """Which cell of which figure is read, of which measures it tells, and what each of them adds."""

    figure: str
    number: Callable[[Measure], int | None]
    cell: str = TOTAL

    def tells_of(self, measure: Measure) -> bool:
        return self.cell in (TOTAL, measure.field)


def key_figures(document: AgencyDocument) -> dict[str, KeyFigure]:
    """Every figure that a sheet may ask for, from two statements; for a reader who has found the sheet."""
    results, measures = counted_for(document, READ), list(measures_held(document))
    return {name: _figure(results, source, measures) for name, source in SOURCES.items()}


def _figure(results: dict[str, Any], source: Source, measures: Sequence[Measure]) -> KeyFigure:
    cell = results[source.figure].cell(source.cell)
    rows = [Counted(one.title, one.on, source.number(one)) for one in measures if source.tells_of(one)]
    return KeyFigure(cell.count, rows)


READ = (HELD, "by_field", "participants", "volunteers")


def _one(_measure: Measure) -> int:
    return 1


SOURCES = {
    "measures": Source(HELD, _one),
    "participants": Source("participants", lambda measure: measure.participants),
    "volunteers": Source("volunteers", lambda measure: measure.volunteers),
    **{f"measures_{field}": Source("by_field", _one, field) for field in ActionField.values},
}
