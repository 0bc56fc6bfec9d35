"""Areas of a map from an uploaded GeoJSON. Read is only what is drawn: outlines, a name, a key; all else is left out."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError

LARGEST = 1024 * 1024
AREAS, POINTS = 200, 30_000
DIGITS = 5  # of a degree: one metre
SOUTH, NORTH = -85, 85  # beyond which Mercator has no paper
UNREADABLE = "Das ist keine GeoJSON-Datei. Bitte exportieren Sie die Flächen als GeoJSON (UTF-8)."
TOO_LARGE = "Die Datei ist größer als 1 MB. Bitte vereinfachen Sie die Grenzen, zum Beispiel auf 20 Meter genau."
TOO_MANY = f"Die Datei hat zu viele Flächen oder Punkte (höchstens {AREAS} und {POINTS:,}). Bitte vereinfachen Sie die Grenzen.".replace(",000", ".000")  # fmt: skip
NO_AREAS = "In der Datei sind keine Flächen. Gebraucht wird eine FeatureCollection mit Polygon oder MultiPolygon."
NO_POLYGON = "„{}“ ist keine Fläche. Bitte lassen Sie Punkte und Linien weg."
NO_NAME = "Die {}. Fläche hat keinen Namen. Bitte geben Sie jeder Fläche die Eigenschaft „name“."
TWICE = "„{}“ kommt zweimal vor. Bitte fassen Sie die Teile zu einem MultiPolygon zusammen."
NO_DEGREES = "Die Koordinaten von „{}“ sind keine Grad. Bitte exportieren Sie in WGS 84 (EPSG:4326)."
Area = dict[str, Any]
Ring = list[list[float]]


def read(content: bytes) -> list[Area]:
    """Raises `ValidationError` with what to do."""
    if len(content) > LARGEST:
        raise ValidationError(TOO_LARGE)
    areas = [_area(place, feature) for place, feature in enumerate(_features(content), start=1)]
    if len(areas) > AREAS or sum(len(ring) for area in areas for ring in _rings(area)) > POINTS:
        raise ValidationError(TOO_MANY)
    names = [area["key"] for area in areas]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ValidationError(TWICE.format(twice))
    return areas


def _features(content: bytes) -> list[Any]:
    try:
        given = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ValidationError(UNREADABLE) from error
    features = given.get("features") if isinstance(given, dict) else None
    if not isinstance(features, list) or not features:
        raise ValidationError(NO_AREAS)
    return features


def _area(place: int, feature: Any) -> Area:
    told = feature.get("properties") if isinstance(feature, dict) else None
    named = told if isinstance(told, dict) else {}
    name = str(named.get("name") or "").strip()[:80]
    if not name:
        raise ValidationError(NO_NAME.format(place))
    shape = feature.get("geometry")
    kind = shape.get("type") if isinstance(shape, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValidationError(NO_POLYGON.format(name))
    given = shape.get("coordinates")
    parts = [given] if kind == "Polygon" else given
    return {"key": str(named.get("key") or name).strip()[:80], "name": name, "parts": _parts(parts, name)}


def _parts(given: Any, name: str) -> list[list[Ring]]:
    try:
        parts = [[_turned(_ring(ring), is_hole=n > 0) for n, ring in enumerate(part)] for part in given]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise ValidationError(NO_DEGREES.format(name)) from error
    if not parts or not all(parts):
        raise ValidationError(NO_POLYGON.format(name))
    return parts


def _ring(points: Sequence[Any]) -> Ring:
    """Closed, in degrees. Raises ValueError otherwise; NaN is in no range."""
    ring = [[round(float(point[0]), DIGITS), round(float(point[1]), DIGITS)] for point in points]
    if not all(-180 <= x <= 180 and SOUTH <= y <= NORTH for x, y in ring) or len(ring) < 3:
        raise ValueError
    return ring if ring[0] == ring[-1] else [*ring, ring[0]]


def _turned(ring: Ring, *, is_hole: bool) -> Ring:
    """Clockwise outside, the other way inside: whichever way round, D3 would draw the rest of the world."""
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return ring[::-1] if (twice > 0) != is_hole else ring


def _rings(area: Area) -> Iterator[Ring]:
    for part in area["parts"]:
        yield from part


def middle(area: Area) -> tuple[float, float]:
    """Where its number stands: the middle of its largest part."""
    points = max((part[0] for part in area["parts"]), key=len)
    return sum(x for x, _y in points[1:]) / (len(points) - 1), sum(y for _x, y in points[1:]) / (len(points) - 1)
