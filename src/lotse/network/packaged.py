"""What comes with Lotse about networks: kinds of formats and timed agendas, as data that never changes once released."""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from lotse.core.frozen import FrozenData
from lotse.network.enums import Level, Part, Per, Purpose

PACKAGE = files("lotse.network")
DATA = PACKAGE / "data"
FROZEN = FrozenData(PACKAGE, ("data",), PACKAGE / "releases.txt")
OTHER = "other"


class BadData(Exception):
    """A file says something that cannot be."""


@dataclass(frozen=True)
class Kind:
    """`default` names what no source lays down. `months`: when it usually takes place; `plan_in`: when its year is planned."""

    key: str
    name: str
    level: Level
    lasts: int
    organised_by: str
    composition: tuple[str, ...]
    agenda: str
    invite_days: int
    source: str
    default: frozenset[str] = frozenset()
    at_least: int = 0
    per: Per = Per.YEAR
    place: str = ""
    once: bool = False
    has_inner_part: bool = False
    needs_mandate: bool = False
    needs_speaker: bool = False
    rotates: bool = False
    reports_to: str = ""
    plan_in: int = 0
    months: tuple[int, ...] = ()


@dataclass(frozen=True)
class Point:
    title: str
    minutes: int
    responsible: str = ""
    questions: tuple[str, ...] = ()
    part: Part = Part.OPEN
    is_break: bool = False
    collects: str = ""


@dataclass(frozen=True)
class Agenda:
    key: str
    name: str
    points: tuple[Point, ...]
    source: str = ""
    sums: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(point.minutes for point in self.points)


@cache
def kinds() -> dict[str, Kind]:
    """By key, in the order of the file."""
    found = {raw["key"]: _kind(raw) for raw in _newest("kinds")["kinds"]}
    if unknown := {kind.agenda for kind in found.values()} - set(agendas()):
        raise BadData(f"kinds name agendas that do not exist: {sorted(unknown)}")
    return found


def kind(key: str) -> Kind:
    return kinds().get(key) or kinds()[OTHER]


@cache
def agendas() -> dict[str, Agenda]:
    return {raw["key"]: _agenda(raw) for raw in _newest("agendas")["agendas"]}


def _kind(raw: dict[str, Any]) -> Kind:
    fixed = {
        "level": Level(raw["level"]), "per": Per(raw.get("per", Per.YEAR)), "composition": tuple(raw["composition"]),
        "default": frozenset(raw["default"]), "months": tuple(raw.get("months", ())),
    }  # fmt: skip
    return Kind(**{**raw, **fixed})


def _agenda(raw: dict[str, Any]) -> Agenda:
    made = Agenda(raw["key"], raw["name"], tuple(_point(point) for point in raw["points"]), raw["source"], raw["sums"])
    if sums_of(made.points) != {"inner": 0, "breaks": 0, **made.sums}:
        raise BadData(f"{made.key} does not add up to {made.sums}: {sums_of(made.points)}")
    if any(_goes_on_after_closing(made, part) for part in Part):
        raise BadData(f"{made.key} goes on after the point that closes")
    return made


def _goes_on_after_closing(agenda: Agenda, part: Part) -> bool:
    points = [point for point in agenda.points if point.part == part]
    return any(point.collects == Purpose.CLOSING for point in points[:-1])


def _point(raw: dict[str, Any]) -> Point:
    collects = raw.get("collects", "")
    return Point(
        raw["title"], raw["minutes"], raw["responsible"], tuple(raw.get("questions", ())), Part(raw.get("part", 2)),
        raw.get("break", False), Purpose(collects) if collects else "",
    )  # fmt: skip


def sums_of(points: tuple[Point, ...]) -> dict[str, int]:
    """Minutes of the inner part, of the open one, of the breaks, and of all."""
    open_points = [point for point in points if point.part == Part.OPEN]
    return {
        "inner": sum(point.minutes for point in points if point.part == Part.INNER),
        "breaks": sum(point.minutes for point in open_points if point.is_break),
        "open": sum(point.minutes for point in open_points if not point.is_break),
        "total": sum(point.minutes for point in points),
    }


def _newest(folder: str) -> dict[str, Any]:
    path = max((DATA / folder).iterdir(), key=lambda path: path.name)
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    if path.name != f"{raw['version']}.yaml":
        raise BadData(f"{path.name} holds version {raw['version']}")
    return raw
