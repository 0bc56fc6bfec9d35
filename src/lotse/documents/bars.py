"""Bars, each under its words. What is hidden is a dot with a word, never a bar without length."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lotse.documents.pictures import VEGA_LITE
from lotse.documents.themes import NARROW, Theme, config

STEP = 38
ROOM = 0.86  # of the width, so that the number fits behind the longest bar


@dataclass(frozen=True)
class Bar:
    """`number`: how `count` is written. `is_missing`: not recorded, which is an outline, because it is no answer like the others."""

    words: str
    count: float
    number: str
    is_missing: bool = False
    is_hidden: bool = False


def bar_chart(bars: Sequence[Bar], theme: Theme, width: int = NARROW) -> dict[str, Any]:
    rows = [{"place": place, **asdict(bar)} for place, bar in enumerate(bars)]
    longest = max((bar.count for bar in bars), default=0) or 1
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


def _marks(theme: Theme, longest: float) -> list[dict[str, Any]]:
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
