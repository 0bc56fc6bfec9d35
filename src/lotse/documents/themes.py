"""Colours and type of pictures, in light and in dark; the same as in lotse.css.

No meaning hangs on a colour: bars carry their words and numbers, parts of a bar a letter, lines a dash and their year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FONT = "Fira Sans, Noto Sans, sans-serif"
NARROW, WIDE = 280, 560  # pixels: a column of the page or a phone, and half a page or paper
HIDDEN = "• geschützt"


@dataclass(frozen=True)
class Theme:
    """`fills` differ from the surface, and text on them from them, by 4.5 : 1 at least; people who see colours otherwise
    tell neighbours apart by their lightness."""

    name: str
    surface: str
    ink: str
    soft: str
    line: str
    fills: tuple[str, ...]

    @property
    def accent(self) -> str:
        return self.fills[0]


LIGHT = Theme(
    "light", "#ffffff", "#1a2224", "#536064", "#8a979b", ("#1b4d5c", "#b85000", "#00755a", "#8f3d6d", "#2b6cb0", "#6b5c00", "#4b4b9f")
)  # fmt: skip
DARK = Theme(
    "dark", "#1a2224", "#e8eeef", "#a9b6ba", "#74858b", ("#8fd0e0", "#f0a060", "#6fd0a8", "#e6a5cb", "#7fb8f0", "#d9c65a", "#b9b3f5")
)  # fmt: skip
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def number(count: int | None) -> str:
    return HIDDEN if count is None else f"{count:,}".replace(",", ".")


def config(theme: Theme) -> Mapping[str, Any]:
    """No frame and no ground: the card that holds the picture has both."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelColor": theme.soft, "titleColor": theme.soft, "labelFontSize": 12, "titleFontSize": 12}  # fmt: skip
    return {
        "background": None,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {**text, "domainColor": theme.line, "tickColor": theme.line, "gridColor": theme.line, "gridOpacity": 0.4, "titleFontWeight": "normal"},
        "legend": {**text, "labelColor": theme.ink, "labelLimit": 260},
        "text": {"font": FONT, "color": theme.ink, "fontSize": 12},
    }  # fmt: skip
