"""Month by month, this year and the one before: a solid line and a dashed one, each with its year at the end."""

from typing import Any

from lotse.documents.pictures import VEGA_LITE
from lotse.documents.themes import Theme, config
from lotse.facts.results import Result

HEIGHT = 190


def lines(years: dict[str, Result], theme: Theme, width: int) -> dict[str, Any]:
    """The first is the one asked for. A hidden month interrupts its line: a point on the ground says so."""
    points = [point for number, (year, result) in enumerate(years.items()) for point in _points(year, number, result)]
    is_first_above = _end(points, 0) >= _end(points, 1)
    colour = {"field": "year", "type": "nominal", "legend": None,
              "scale": {"domain": list(years), "range": [theme.fills[0], theme.fills[1]]}}  # fmt: skip
    x = {"field": "place", "type": "quantitative", "scale": {"domain": [0.7, 13.6], "nice": False},
         "axis": {"values": list(range(1, 13)), "grid": False, "title": None, "labelExpr": "slice(datum.value < 10 ? '0' + datum.value : '' + datum.value, 0, 2)"}}  # fmt: skip
    y = {"field": "count", "type": "quantitative", "axis": {"title": None, "tickCount": 4, "format": ",d", "tickMinStep": 1}}  # fmt: skip
    return {
        "$schema": VEGA_LITE,
        "width": width - 60,
        "height": HEIGHT,
        "padding": 5,
        "config": config(theme),
        "data": {"values": points},
        "encoding": {"x": x, "y": y, "color": colour},
        "layer": [*_layers(theme), *_names(is_first_above)],
    }


def _points(year: str, number: int, result: Result) -> list[dict[str, Any]]:
    cells = [(int(cell.key), cell.count) for cell in result.recorded]
    known = [place for place, count in cells if count is not None]
    return [
        {"year": year, "number": number, "place": place, "count": count or 0, "is_hidden": count is None, "is_last": place == max(known, default=0),
         "part": f"{year}/{sum(1 for p, c in cells if c is None and p < place)}"}
        for place, count in cells
    ]  # fmt: skip


def _layers(theme: Theme) -> list[dict[str, Any]]:
    shown = [{"filter": "!datum.is_hidden"}]
    dash = {
        "field": "number",
        "type": "ordinal",
        "legend": None,
        "scale": {"domain": [0, 1], "range": [[1, 0], [5, 4]]},
    }
    shape = {
        "field": "number",
        "type": "ordinal",
        "legend": None,
        "scale": {"domain": [0, 1], "range": ["circle", "square"]},
    }
    return [
        {"transform": shown, "mark": {"type": "line", "strokeWidth": 2}, "encoding": {"strokeDash": dash, "detail": {"field": "part"}}},
        {"transform": shown, "mark": {"type": "point", "filled": True, "size": 30}, "encoding": {"shape": shape}},
        {"transform": [{"filter": "datum.is_hidden"}], "mark": {"type": "text", "text": "•", "fontSize": 16, "color": theme.soft}, "encoding": {"color": {"value": theme.soft}}},
    ]  # fmt: skip


def _end(points: list[dict[str, Any]], number: int) -> int:
    return next((point["count"] for point in points if point["number"] == number and point["is_last"]), 0)


def _names(is_first_above: bool) -> list[dict[str, Any]]:
    """The years at the ends of their lines, apart from each other."""
    lifts = {0: -7, 1: 7} if is_first_above else {0: 7, 1: -7}
    return [
        {
            "transform": [{"filter": f"datum.is_last && !datum.is_hidden && datum.number == {number}"}],
            "mark": {"type": "text", "align": "left", "dx": 8, "dy": lift, "fontWeight": 600},
            "encoding": {"text": {"field": "year"}},
        }
        for number, lift in lifts.items()
    ]
