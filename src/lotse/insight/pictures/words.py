"""What a picture shows, in one sentence for whoever does not see it. The table says the rest."""

from collections.abc import Iterable, Sequence

from lotse.documents.themes import number
from lotse.facts.crossing import Cross
from lotse.facts.results import Cell, Result

NOTHING = "noch nichts gezählt"
ALL_HIDDEN = "alle Zahlen geschützt"


def about_bars(result: Result) -> str:
    return f"{result.fact.title}: {_most(result.recorded, result.fact.unit)}{_missing(result.missing)}."


def about_cross(cross: Cross) -> str:
    found = [(row, column, cross.count(row, column) or 0) for row in cross.rows for column in cross.columns]
    row, column, most = max(found, key=lambda one: one[2], default=(None, None, 0))
    said = f"am häufigsten {row.label} und {column.label} ({number(most)})" if row and column and most else ""
    return f"{cross.down.title} und {cross.across.title}: {said or _none([c for _r, _c, c in found], cross.total)}."


def about_two_years(now: Result, before: Result, names: Sequence[str]) -> str:
    said = [f"{name} {number(result.total.count)}" for name, result in zip(names, (now, before), strict=True)]
    return f"{now.fact.title}: {said[0]} {now.fact.unit}, {said[1]}."


def _most(cells: Iterable[Cell], unit: str) -> str:
    shown = [cell for cell in cells if cell.count]
    if not shown:
        return _none([], None if any(cell.count is None for cell in cells) else 0)
    top = max(shown, key=lambda cell: cell.count or 0)
    return f"am häufigsten {top.label} ({number(top.count)} {unit})"


def _none(_numbers: Iterable[int], total: int | None) -> str:
    return NOTHING if total == 0 else ALL_HIDDEN


def _missing(cell: Cell) -> str:
    return f", {cell.label} {number(cell.count)}" if cell.count else ""
