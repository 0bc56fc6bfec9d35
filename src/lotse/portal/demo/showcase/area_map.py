"""Four invented quarters of a town as a map; in two of them there is a site."""

import json
from collections.abc import Mapping
from typing import Any

from lotse.documents.geojson import Area, read
from lotse.insight.map_actions import keep_map
from lotse.portal.demo.showcase.stage import Stage

EAST, NORTH = 7.0, 51.45
STEP_EAST, STEP_NORTH = 0.03, 0.01  # wide enough for the names
# The middle, where all four meet, and the corners from the north-west on, in steps east and north.
MIDDLE = (2.2, 2.1)
CORNERS = ((0.3, 3.6), (1.9, 4.3), (4.1, 3.8), (4.6, 1.7), (3.9, 0.2), (2.4, 0.0), (0.5, 0.6), (0.0, 2.0))
QUARTERS = ("Nordstadt", "Hügelviertel", "Lindenhof", "Altstadt")


def tell(stage: Stage) -> None:
    sites = {"Nordstadt": stage.site.name, "Lindenhof": stage.branch.name}
    keep_map(by=stage.helin.actor, title="Sozialräume", areas=quarters(sites))


def quarters(keys: Mapping[str, str]) -> list[Area]:
    features = [_feature(name, keys.get(name, name), place) for place, name in enumerate(QUARTERS)]
    return read(json.dumps({"type": "FeatureCollection", "features": features}).encode())


def _feature(name: str, key: str, place: int) -> dict[str, Any]:
    """A quarter reaches from one point between two corners to the next."""
    around = [CORNERS[(2 * place - 1 + step) % len(CORNERS)] for step in range(3)]
    ring = [[EAST + x * STEP_EAST, NORTH + y * STEP_NORTH] for x, y in (MIDDLE, *around, MIDDLE)]
    return {
        "type": "Feature",
        "properties": {"name": name, "key": key},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
