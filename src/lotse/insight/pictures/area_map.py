"""Areas with the number of cases of their site: the darker the more, and the number in each."""

from collections.abc import Mapping, Sequence
from typing import Any

from lotse.core.search import fold
from lotse.documents.pictures import VEGA_LITE
from lotse.documents.themes import Theme, config, number
from lotse.facts.results import Cell
from lotse.insight.geojson import Area, middle

STEPS = (0.12, 0.3, 0.5)  # how strong the colour is; the words on it stay readable


def sites_of(areas: Sequence[Area], cells: Sequence[Cell]) -> dict[str, Cell]:
    """By key of the area: the site that is called like it."""
    by_name = {fold(cell.label): cell for cell in cells}
    found = {area["key"]: by_name.get(fold(area["key"])) or by_name.get(fold(area["name"])) for area in areas}
    return {key: cell for key, cell in found.items() if cell}


def area_map(areas: Sequence[Area], cells: Mapping[str, Cell], theme: Theme, width: int) -> dict[str, Any]:
    most = max((cell.count or 0 for cell in cells.values()), default=0) or 1
    shapes = [_shape(area, cells.get(area["key"]), most) for area in areas]
    places = [_place(area, cells.get(area["key"])) for area in areas]
    lines = {"stroke": theme.ink, "strokeWidth": 1}
    outlined = {"type": "geoshape", "fill": "transparent", "stroke": theme.soft, "strokeDash": [3, 2]}
    words = {"type": "text", "color": theme.ink, "lineBreak": "\n", "limit": width / 3}
    where = {"longitude": {"field": "x", "type": "quantitative"}, "latitude": {"field": "y", "type": "quantitative"}}
    return {
        "$schema": VEGA_LITE,
        "width": width - 10,
        "height": round(width * 0.75),
        "padding": 5,
        "config": config(theme),
        "projection": {"type": "mercator"},
        "layer": [
            {"data": {"values": [s for s in shapes if s["strength"] is None]}, "mark": outlined},
            {"data": {"values": [s for s in shapes if s["strength"] is not None]},
             "mark": {"type": "geoshape", "fill": theme.accent, **lines},
             "encoding": {"fillOpacity": {"field": "strength", "type": "quantitative", "scale": None}}},
            {"data": {"values": places}, "mark": {**words, "baseline": "bottom"}, "encoding": {**where, "text": {"field": "name"}}},
            {"data": {"values": places}, "mark": {**words, "baseline": "top", "fontWeight": 600}, "encoding": {**where, "text": {"field": "number"}}},
        ],
    }  # fmt: skip


def _shape(area: Area, cell: Cell | None, most: int) -> dict[str, Any]:
    """Without a site, or with a hidden number: an outline."""
    strength = None if cell is None or cell.count is None else _strength(cell.count, most)
    geometry = {"type": "MultiPolygon", "coordinates": area["parts"]}
    return {"type": "Feature", "geometry": geometry, "strength": strength}


def _strength(count: int, most: int) -> float:
    return STEPS[min(int(count / most * len(STEPS)), len(STEPS) - 1)] if count else 0


def _place(area: Area, cell: Cell | None) -> dict[str, Any]:
    x, y = middle(area)
    return {"x": x, "y": y, "name": area["name"], "number": number(cell.count) if cell else "–"}
