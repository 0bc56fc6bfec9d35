"""One figure by another as stacked bars. The parts carry a letter and their number, the legend says what the letter means."""

from string import ascii_lowercase
from typing import Any

from lotse.documents.pictures import VEGA_LITE
from lotse.documents.themes import Theme, config, number
from lotse.facts.crossing import Cross
from lotse.facts.results import Cell

STEP = 44
SIGN = 8  # pixels that a letter or digit needs


def stacked(cross: Cross, theme: Theme, width: int) -> dict[str, Any]:
    rows = [row for row in cross.rows if row.count != 0]
    letters = {cell.key: letter for cell, letter in zip(_used(cross), ascii_lowercase, strict=False)}
    parts = [part for place, row in enumerate(rows) for part in _parts(cross, place, row, letters)]
    longest = max((part["to"] for part in parts), default=0) or 1
    heads = [_head(cross, place, row) for place, row in enumerate(rows)]
    layers = _bars(parts, longest, _colours(cross, letters, theme), theme, width) if parts else []
    return {
        "$schema": VEGA_LITE,
        "width": width - 10,
        "height": max(STEP * len(rows), STEP),
        "padding": 5,
        "config": config(theme),
        "encoding": {"y": {"field": "place", "type": "ordinal", "axis": None, "scale": {"padding": 0}}},
        "layer": [*layers, _heads(heads, width)],
    }


def _used(cross: Cross) -> list[Cell]:
    return [column for column in cross.columns if any(cross.count(row, column) for row in cross.rows)]


def _parts(cross: Cross, place: int, row: Cell, letters: dict[str, str]) -> list[dict[str, Any]]:
    """The rest of a row, whose parts are hidden, stands at its end as an outline."""
    parts, begin = [], 0
    for column in cross.columns:
        if size := cross.count(row, column):
            name = f"{letters[column.key]}  {column.label}"
            parts.append({"place": place, "from": begin, "to": begin + size, "name": name, "words": f"{letters[column.key]} {number(size)}"})  # fmt: skip
            begin += size
    if row.count and row.count > begin:
        parts.append({"place": place, "from": begin, "to": row.count, "name": "", "words": "•"})
    return parts


def _head(cross: Cross, place: int, row: Cell) -> dict[str, Any]:
    return {"place": place, "words": f"{row.label}  {number(row.count)}"}


def _colours(cross: Cross, letters: dict[str, str], theme: Theme) -> dict[str, Any]:
    names = [f"{letters[column.key]}  {column.label}" for column in _used(cross) if column.key in letters]
    colours = [theme.fills[place % len(theme.fills)] for place in range(len(names))]
    legend = {"orient": "bottom", "direction": "vertical", "title": None, "symbolType": "square"}
    return {"field": "name", "type": "nominal", "scale": {"domain": names, "range": colours}, "legend": legend}


def _bars(parts: list[dict[str, Any]], longest: int, colours: dict[str, Any], theme: Theme, width: int) -> list[Any]:
    for part in parts:
        room = (part["to"] - part["from"]) / longest * width
        part["middle"] = (part["from"] + part["to"]) / 2
        part["words"] = next((words for words in (part["words"], part["words"][:1]) if SIGN * len(words) < room), "")
    along = {"field": "from", "type": "quantitative", "axis": None, "scale": {"domain": [0, longest]}}
    span = {"x": along, "x2": {"field": "to"}}
    bar = {"type": "bar", "height": 18, "yOffset": 10}
    outline = {"filled": False, "stroke": theme.soft, "strokeDash": [3, 2]}
    inside = {"type": "text", "yOffset": 10, "baseline": "middle"}
    data = {"data": {"values": parts}}
    return [
        {**data, "transform": [{"filter": "datum.name"}], "mark": {**bar, "stroke": theme.surface}, "encoding": {**span, "color": colours}},
        {**data, "transform": [{"filter": "!datum.name"}], "mark": {**bar, **outline}, "encoding": span},
        {**data, "mark": inside, "encoding": {
            "x": {**along, "field": "middle"}, "text": {"field": "words"},
            "color": {"condition": {"test": "datum.name", "value": theme.surface}, "value": theme.ink}}},
    ]  # fmt: skip


def _heads(heads: list[dict[str, Any]], width: int) -> dict[str, Any]:
    mark = {"type": "text", "align": "left", "baseline": "middle", "x": 0, "yOffset": -10, "limit": width - 20}
    return {"data": {"values": heads}, "mark": mark, "encoding": {"text": {"field": "words"}}}
