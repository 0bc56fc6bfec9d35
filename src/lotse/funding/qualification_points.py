"""The points that a profile asks for, as data that never changes once released (model.md §2.6)."""

from dataclasses import dataclass
from functools import cache

import yaml

from lotse.funding.packaged import PACKAGE


@dataclass(frozen=True)
class Point:
    """`required`: without it there is a gap; else it is only desirable."""

    key: str
    required: bool
    title: str


@dataclass(frozen=True)
class Profile:
    version: str
    title: str
    source: str
    is_example: bool
    points: tuple[Point, ...]


@cache
def newest() -> Profile:
    path = max((PACKAGE / "data" / "qualification").iterdir(), key=lambda path: path.name)
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    points = tuple(Point(**point) for point in raw.pop("points"))
    return Profile(points=points, is_example=raw.pop("example"), **raw)
