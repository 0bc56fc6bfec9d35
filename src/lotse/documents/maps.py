"""Areas of a map with a number in each: the darker the more. Its table says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lotse.documents.geojson import Area, middle
from lotse.documents.pictures import VEGA_LITE
from lotse.documents.themes import Theme, config

STEPS = (0.12, 0.3, 0.5)  # how strong the colour is; the words on it stay readable


@dataclass(frozen=True)
class Shade:
    """`amount` None: a hidden number, drawn as an outline like an area of which nothing is known."""

    amount: float | None
    words: str


def area_map(areas: Sequence[Area], shades: Mapping[str, Shade], theme: Theme, width: int) -> dict[str, Any]:
    most = max((shade.amount or 0 for shade in shades.values()), default=0) or 1
    shapes = [_shape(area, shades.get(area["key"]), most) for area in areas]
    places = [_place(area, shades.get(area["key"])) for area in areas]
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


def _shape(area: Area, shade: Shade | None, most: float) -> dict[str, Any]:
    strength = None if shade is None or shade.amount is None else _strength(shade.amount, most)
    geometry = {"type": "MultiPolygon", "coordinates": area["parts"]}
    return {"type": "Feature", "geometry": geometry, "strength": strength}


def _strength(amount: float, most: float) -> float:
    return STEPS[min(int(amount / most * len(STEPS)), len(STEPS) - 1)] if amount > 0 else 0


def _place(area: Area, shade: Shade | None) -> dict[str, Any]:
    x, y = middle(area)
    return {"x": x, "y": y, "name": area["name"], "number": shade.words if shade else "–"}
