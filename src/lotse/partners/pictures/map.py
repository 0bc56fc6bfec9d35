"""The map of relations: thick lines are close, thin and broken ones loose; bows are partners among themselves."""

from typing import Any

from lotse.documents.pictures import VEGA
from lotse.documents.themes import FONT, Theme
from lotse.partners.enums import Closeness
from lotse.partners.pictures.layout import NAMES, NARROWEST_FOR_TWO, Layout, Place, lay_out
from lotse.partners.queries.relations import Network, Node

HEAD, LEGEND, SIGN = 30, 22, 34
HOUSE = "unser Haus"
# How a line says how close: its width, and where it is broken.
STROKES: dict[Closeness, tuple[float, list[float]]] = {
    Closeness.BINDING: (5, []),
    Closeness.COORDINATES: (2.5, []),
    Closeness.EXCHANGES: (1.8, [6, 3]),
    Closeness.KNOWS: (1.3, [1.5, 3]),
}


def drawing(network: Network, theme: Theme, width: int) -> dict[str, Any]:
    inner = width - 10
    found = lay_out(network, inner)
    columns = 2 if inner >= NARROWEST_FOR_TWO else 1
    rows = -(-(len(STROKES) + 1) // columns)
    return {
        "$schema": VEGA,
        "width": inner,
        "height": HEAD + found.height + 16 + rows * LEGEND,
        "padding": 5,
        "background": None,
        "data": [
            {"name": "places", "values": [_place(place, found, theme) for place in found.places]},
            {"name": "bows", "values": [{"path": bow.path, **_stroke(bow.edge.closeness)} for bow in found.bows]},
            {"name": "legend", "values": _legend(columns, inner, HEAD + found.height + 16 + LEGEND / 2, theme)},
        ],
        "marks": [_house(found, theme), _title(found, theme, columns), _group(theme), *_key(theme)],
    }


def _stroke(closeness: Closeness | None) -> dict[str, Any]:
    wide, dash = STROKES[closeness] if closeness else (0, [])
    return {"wide": wide, "dash": dash}


def _place(place: Place, found: Layout, theme: Theme) -> dict[str, Any]:
    return {
        "x": place.x, "y": place.y, "line": found.line, "words": _words(place.node), "at": place.x + place.side * 10,
        "align": "left" if place.side > 0 else "right", "fill": theme.accent if place.node.closeness else "transparent",
        **_stroke(place.node.closeness),
    }  # fmt: skip


def _words(node: Node) -> str:
    return f"{node.label} ({node.count})" if node.partner is None else node.label


def _legend(columns: int, width: float, top: float, theme: Theme) -> list[dict[str, Any]]:
    said = [(one.label, {"stroke": theme.accent, **_stroke(one)}) for one in STROKES]
    said.append(("gebogen: Partner untereinander", {"stroke": theme.fills[1], **_stroke(Closeness.COORDINATES)}))
    return [
        {"words": words, "x": width / columns * (n % columns), "y": top + n // columns * LEGEND, **look}
        for n, (words, look) in enumerate(said)
    ]


def _house(found: Layout, theme: Theme) -> dict[str, Any]:
    """It ends with the last row."""
    return {"type": "rule", "encode": {"enter": {
        "x": {"value": found.line}, "y": {"value": HEAD - 6}, "y2": {"value": HEAD + found.height},
        "stroke": {"value": theme.ink}, "strokeWidth": {"value": 7}, "strokeCap": {"value": "round"}}}}  # fmt: skip


def _title(found: Layout, theme: Theme, columns: int) -> dict[str, Any]:
    return {"type": "text", "encode": {"enter": {
        "text": {"value": HOUSE}, "x": {"value": found.line if columns > 1 else 0}, "y": {"value": 12},
        "align": {"value": "center" if columns > 1 else "left"}, "fontWeight": {"value": 600}, **_type(theme.ink)}}}  # fmt: skip


def _type(fill: str) -> dict[str, Any]:
    return {"font": {"value": FONT}, "fontSize": {"value": 12}, "fill": {"value": fill}}


def _group(theme: Theme) -> dict[str, Any]:
    dots = {"x": {"field": "x"}, "y": {"field": "y"}, "shape": {"value": "circle"}, "size": {"value": 60}}
    return {"type": "group", "encode": {"enter": {"y": {"value": HEAD}}}, "marks": [
        {"type": "rule", "from": {"data": "places"}, "encode": {"enter": {
            "x": {"field": "line"}, "x2": {"field": "x"}, "y": {"field": "y"}, **_line(theme.accent)}}},
        {"type": "path", "from": {"data": "bows"}, "encode": {"enter": {"path": {"field": "path"}, **_line(theme.fills[1])}}},
        {"type": "symbol", "from": {"data": "places"}, "encode": {"enter": {**dots, "fill": {"value": theme.surface}}}},
        {"type": "symbol", "from": {"data": "places"}, "encode": {"enter": {
            **dots, "fill": {"field": "fill"}, "stroke": {"value": theme.accent}, "strokeWidth": {"value": 1.5}}}},
        {"type": "text", "from": {"data": "places"}, "encode": {"enter": {
            "text": {"field": "words"}, "x": {"field": "at"}, "y": {"field": "y"}, "baseline": {"value": "middle"},
            "align": {"field": "align"}, "limit": {"value": NAMES - 10}, **_type(theme.ink)}}},
    ]}  # fmt: skip


def _line(colour: str) -> dict[str, Any]:
    return {"stroke": {"value": colour}, "strokeWidth": {"field": "wide"}, "strokeDash": {"field": "dash"}}


def _key(theme: Theme) -> list[dict[str, Any]]:
    return [
        {"type": "rule", "from": {"data": "legend"}, "encode": {"enter": {
            "x": {"field": "x"}, "x2": {"field": "x", "offset": SIGN}, "y": {"field": "y"}, "stroke": {"field": "stroke"},
            "strokeWidth": {"field": "wide"}, "strokeDash": {"field": "dash"}}}},
        {"type": "text", "from": {"data": "legend"}, "encode": {"enter": {
            "text": {"field": "words"}, "x": {"field": "x", "offset": SIGN + 8}, "y": {"field": "y"},
            "baseline": {"value": "middle"}, **_type(theme.soft)}}},
    ]  # fmt: skip
