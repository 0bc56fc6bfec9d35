"""What comes with Lotse for carriers: their duties and who may give money, as data that never changes once released."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from lotse.core.frozen import FrozenData
from lotse.funding.enums import SubsidyKind

PACKAGE = files("lotse.funding")
FROZEN = FrozenData(PACKAGE, ("data",), PACKAGE / "releases.txt")


@dataclass(frozen=True)
class Point:
    """`reads`: what answers it by itself; empty where somebody looks at it."""

    key: str
    title: str
    text: str
    reads: str = ""


@dataclass(frozen=True)
class DutyList:
    """Holds from a year on, until a later one does."""

    version: str
    title: str
    example: bool
    source: str
    first_year: int
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Funder:
    name: str
    kind: SubsidyKind
    hint: str


def duties_of(year: int) -> DutyList:
    """The list of a year; the first one for the years before it."""
    lists = _duty_lists()
    return next((found for found in reversed(lists) if found.first_year <= year), lists[0])


def point_of(year: int, key: str) -> Point | None:
    return next((point for point in duties_of(year).points if point.key == key), None)


@cache
def _duty_lists() -> tuple[DutyList, ...]:
    """The oldest first."""
    found = (_read("duties", path.name) for path in (PACKAGE / "data" / "duties").iterdir())
    lists = (DutyList(**raw | {"points": tuple(Point(**point) for point in raw["points"])}) for raw in found)
    return tuple(sorted(lists, key=lambda one: one.first_year))


@cache
def funders() -> tuple[Funder, ...]:
    newest = max(path.name for path in (PACKAGE / "data" / "funders").iterdir())
    rows = _read("funders", newest)["funders"]
    return tuple(Funder(row["name"], SubsidyKind(row["kind"]), row["hint"]) for row in rows)


def _read(folder: str, name: str) -> dict[str, Any]:
    return yaml.safe_load((PACKAGE / "data" / folder / name).read_text(encoding="utf-8"))
