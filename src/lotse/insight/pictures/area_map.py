"""Areas with the number of cases of their site."""

from collections.abc import Mapping, Sequence
from typing import Any

from lotse.core.search import fold
from lotse.documents import maps
from lotse.documents.geojson import Area
from lotse.documents.themes import Theme, number
from lotse.facts.results import Cell


def sites_of(areas: Sequence[Area], cells: Sequence[Cell]) -> dict[str, Cell]:
    """By key of the area: the site that is called like it."""
    by_name = {fold(cell.label): cell for cell in cells}
    found = {area["key"]: by_name.get(fold(area["key"])) or by_name.get(fold(area["name"])) for area in areas}
    return {key: cell for key, cell in found.items() if cell}


def area_map(areas: Sequence[Area], cells: Mapping[str, Cell], theme: Theme, width: int) -> dict[str, Any]:
    shades = {key: maps.Shade(cell.count, number(cell.count)) for key, cell in cells.items()}
    return maps.area_map(areas, shades, theme, width)
