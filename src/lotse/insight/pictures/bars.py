"""One figure as bars."""

from typing import Any

from lotse.documents.bars import Bar, bar_chart
from lotse.documents.themes import NARROW, Theme, number
from lotse.facts.results import Cell, Result


def bars(result: Result, theme: Theme, width: int = NARROW) -> dict[str, Any]:
    return bar_chart([_bar(cell, cell is result.missing) for cell in result.cells], theme, width)


def _bar(cell: Cell, is_missing: bool) -> Bar:
    return Bar(cell.label, cell.count or 0, number(cell.count), is_missing, cell.count is None)
