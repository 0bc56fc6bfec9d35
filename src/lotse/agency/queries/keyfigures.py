"""Key figures that nobody types: counted from what the agency has done, each with the rows behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lotse.agency.enums import MeasureState
from lotse.agency.models import Measure
from lotse.organisations.models import Organisation


@dataclass(frozen=True)
class Counted:
    """One measure behind a figure; `number` None: nobody has counted there."""

    title: str
    on: date
    number: int | None


@dataclass(frozen=True)
class KeyFigure:
    rows: Sequence[Counted]

    @property
    def value(self) -> int:
        return sum(row.number or 0 for row in self.rows)

    @property
    def unknown(self) -> int:
        """Of how many measures the number is missing."""
        return sum(row.number is None for row in self.rows)


def key_figures(agency: Organisation, year: int) -> dict[str, KeyFigure]:
    """Every figure that a sheet may ask for, from one statement; for a reader who has found the agency's sheet."""
    held = Measure.objects.filter(agency=agency, funding_year=year, state=MeasureState.HELD)
    measures = list(held.order_by("on", "id"))
    found = {name: _figure(measures, number_of) for name, number_of in NUMBERS.items()}
    fields = sorted({measure.field for measure in measures if measure.field})
    return found | {f"measures_{field}": _figure([m for m in measures if m.field == field], _one) for field in fields}


def _figure(measures: Sequence[Measure], number_of: Callable[[Measure], int | None]) -> KeyFigure:
    return KeyFigure([Counted(measure.title, measure.on, number_of(measure)) for measure in measures])


def _one(_measure: Measure) -> int:
    return 1


NUMBERS: dict[str, Callable[[Measure], int | None]] = {
    "measures": _one,
    "participants": lambda measure: measure.participants,
    "volunteers": lambda measure: measure.volunteers,
}
NOTHING_COUNTED = KeyFigure(())
