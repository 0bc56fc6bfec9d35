"""One figure as bars, each under its words. What is hidden is a dot with a word, never a bar without length."""

from typing import Any

from lotse.documents.pictures import VEGA_LITE
from lotse.documents.themes import NARROW, Theme, config, number
from lotse.facts.results import Cell, Result

STEP = 38
ROOM = 0.86  # of the width, so that the number fits behind the longest bar
SHARE = 0.5


def bars(result: Result, theme: Theme, width: int = NARROW) -> dict[str, Any]:
    rows = [_row(place, cell, cell is result.missing) for place, cell in enumerate(result.cells)]
    longest = max((row["count"] for row in rows), default=0) or 1
    return {
        "$schema": VEGA_LITE,
        "width": width - 10,
        "height": STEP * len(rows),
        "padding": 5,
        "config": config(theme),
        "data": {"values": rows},
        "encoding": {"y": {"field": "place", "type": "ordinal", "axis": None, "scale": {"padding": 0}}},
        "layer": [*_marks(theme, longest), *_words(theme)],
    }


def _row(place: int, cell: Cell, is_missing: bool) -> dict[str, Any]:
    return {
        "place": place,
        "words": cell.label,
        "count": cell.count or 0,
        "number": number(cell.count),
        "is_missing": is_missing,
        "is_hidden": cell.count is None,
    }


def _marks(theme: Theme, longest: int) -> list[dict[str, Any]]:
    """Not recorded is an outline: it is no answer like the others."""
    scale = {"domain": [0, longest / ROOM]}
    along = {"x": {"field": "count", "type": "quantitative", "axis": None, "scale": scale}}
    bar = {"type": "bar", "height": 12, "yOffset": 8, "cornerRadiusEnd": 2}
    after = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "yOffset": 8}
    outline = {"filled": False, "stroke": theme.soft, "strokeWidth": 1.5, "strokeDash": [3, 2]}
    return [
        {"transform": [{"filter": "!datum.is_missing && datum.count > 0"}], "mark": {**bar, "color": theme.accent}, "encoding": along},
        {"transform": [{"filter": "datum.is_missing && datum.count > 0"}], "mark": {**bar, **outline}, "encoding": along},
        {"transform": [{"filter": "!datum.is_hidden"}], "mark": {**after, "fontWeight": 600},
         "encoding": {**along, "text": {"field": "number"}}},
    ]  # fmt: skip


def _words(theme: Theme) -> list[dict[str, Any]]:
    left = {"type": "text", "align": "left", "baseline": "middle", "limit": NARROW - 20, "x": 0}
    return [
        {"mark": {**left, "yOffset": -8}, "encoding": {"text": {"field": "words"}}},
        {"transform": [{"filter": "datum.is_hidden"}], "mark": {**left, "yOffset": 8, "color": theme.soft}, "encoding": {"text": {"field": "number"}}},
    ]  # fmt: skip
