"""How people came, in which kind of counselling they are, how their cases stand: bands as wide as their numbers."""

from collections.abc import Sequence
from typing import Any

from lotse.documents.pictures import VEGA
from lotse.documents.themes import FONT, Theme, number
from lotse.facts.crossing import Cross
from lotse.facts.results import Cell
from lotse.insight.pictures.flow_layout import BOX, GAP, Band, Box, Layout, Stop, lay_out

HEAD = 24
FOOT = 8
LINE = 14


def flow(crosses: Sequence[Cross], theme: Theme, width: int) -> dict[str, Any]:
    """Of neighbouring pairs: the columns of one are the rows of the next."""
    columns = [_stops(crosses[0].rows), *(_stops(cross.columns) for cross in crosses)]
    height = max(_height(column) for column in columns)
    found = lay_out(columns, _bands(crosses), width - 10, height)
    titles = [crosses[0].down.title, *(cross.across.title for cross in crosses)]
    return {
        "$schema": VEGA,
        "width": width - 10,
        "height": HEAD + height + FOOT,
        "padding": 5,
        "background": None,
        "data": [
            {"name": "ways", "values": _ways(found, theme)},
            {"name": "boxes", "values": [_box(box, len(columns) - 1, width - 10) for box in found.boxes]},
            {"name": "titles", "values": [_title(*one, len(columns) - 1, width - 10) for one in enumerate(titles)]},
        ],
        "marks": [
            {"type": "group", "encode": {"enter": {"y": {"value": HEAD}}}, "marks": _marks(theme)},
            _heads(theme),
        ],
    }


def _stops(cells: Sequence[Cell]) -> list[Stop]:
    return [Stop(cell.key, cell.label, cell.count) for cell in cells]


def _height(column: Sequence[Stop]) -> int:
    return 150 + GAP * len([stop for stop in column if stop.size != 0])


def _bands(crosses: Sequence[Cross]) -> list[Band]:
    return [
        Band(gap, row, column, size) for gap, cross in enumerate(crosses) for (row, column), size in cross.inner.items()
    ]


def _ways(found: Layout, theme: Theme) -> list[dict[str, Any]]:
    """Open ends are outlined: their way is not named."""
    return [
        {"path": way.path, "open": not (way.start and way.end), "fill": theme.accent if way.start and way.end else "transparent"}
        for way in found.ways
    ]  # fmt: skip


def _box(box: Box, last: int, width: int) -> dict[str, Any]:
    """Words stand over their box, in the direction where there is room."""
    hidden = box.stop.size is None
    return {"x": box.x, "y": box.y, "height": 0 if hidden else box.height, "words": [box.stop.label, number(box.stop.size)],
            **_beside(box.column, last, width), "above": box.y - LINE - 4}  # fmt: skip


def _title(column: int, words: str, last: int, width: int) -> dict[str, Any]:
    return {"words": words, **_beside(column, last, width)}


def _beside(column: int, last: int, width: int) -> dict[str, Any]:
    align = "left" if column == 0 else "right" if column == last else "center"
    x = {"left": 0, "right": width}.get(align, (width - BOX) * column / last + BOX / 2)
    return {"align": align, "at": x, "limit": width / (last + 1) - 6}


def _marks(theme: Theme) -> list[dict[str, Any]]:
    return [
        {"type": "path", "from": {"data": "ways"}, "encode": {"enter": {
            "path": {"field": "path"}, "fill": {"field": "fill"}, "fillOpacity": {"value": 0.28},
            "stroke": {"value": theme.soft}, "strokeWidth": {"signal": "datum.open ? 1 : 0"}, "strokeDash": {"value": [3, 2]}}}},
        {"type": "rect", "from": {"data": "boxes"}, "encode": {"enter": {
            "x": {"field": "x"}, "y": {"field": "y"}, "width": {"value": BOX}, "height": {"field": "height"}, "fill": {"value": theme.accent}}}},
        _text("boxes", theme, {"y": {"field": "above"}, "fill": {"value": theme.ink}}),
    ]  # fmt: skip


def _heads(theme: Theme) -> dict[str, Any]:
    return _text("titles", theme, {"y": {"value": 12}, "fill": {"value": theme.soft}})


def _text(data: str, theme: Theme, more: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "from": {"data": data}, "encode": {"enter": {
        "text": {"field": "words"}, "x": {"field": "at"}, "align": {"field": "align"}, "limit": {"field": "limit"},
        "font": {"value": FONT}, "fontSize": {"value": 12}, "lineHeight": {"value": LINE}, **more}}}  # fmt: skip
