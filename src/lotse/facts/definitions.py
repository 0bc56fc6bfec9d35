"""Figures as data: `definitions/<set>/<version>.yaml` says what a figure means; code says only how it is counted.

A released file is never changed, a new one is added (releases.txt holds the checksums); the newest that is valid on a day
counts. `is_proposal`: nobody has decided on it yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from lotse.core.frozen import FrozenData
from lotse.core.typed import whole

PACKAGE = files("lotse.facts")
FOLDER = PACKAGE / "definitions"
FROZEN = FrozenData(PACKAGE, ("definitions",), PACKAGE / "releases.txt")
LEVELS = range(8)


@dataclass(frozen=True)
class Setting:
    """A value that a house may set: one of the choices, else a whole number within bounds."""

    key: str
    title: str
    default: str
    least: int = 1
    most: int = 99
    unit: str = ""
    choices: tuple[str, ...] = ()

    def takes(self, value: str) -> bool:
        if self.choices:
            return value in self.choices
        number = whole(value)
        return number is not None and self.least <= number <= self.most


@dataclass(frozen=True)
class Definition:
    """`since`: the release in which it was last changed; empty: the one that it stands in."""

    key: str
    title: str
    unit: str
    definition: str
    denominator: str
    counted_when: str
    impact_level: int = 0
    number: str = ""
    share: tuple[str, ...] = ()
    share_of: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    since: str = ""


@dataclass(frozen=True)
class Gap:
    """What the source asks for and the product does not record; `why` says so."""

    number: str
    title: str
    why: str = "Wird in Lotse noch nicht erfasst."


@dataclass(frozen=True)
class Goal:
    """What several indicators of a set are about, by their numbers in the source."""

    key: str
    title: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Set:
    key: str
    title: str
    version: str
    valid_from: date
    source: str
    is_proposal: bool
    settings: Mapping[str, Setting]
    figures: Mapping[str, Definition]
    gaps: tuple[Gap, ...]
    goals: tuple[Goal, ...] = ()


def definitions(name: str, on: date | None = None) -> Set:
    day = on or date.today()
    return [found for found in _releases(name) if found.valid_from <= day][-1]


def gaps(name: str) -> tuple[Gap, ...]:
    """Of a set that may not exist."""
    return definitions(name).gaps if (FOLDER / name).is_dir() else ()


def all_settings() -> dict[str, Setting]:
    names = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())
    return {key: setting for name in names for key, setting in definitions(name).settings.items()}


@cache
def _releases(name: str) -> tuple[Set, ...]:
    found = [_set(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in (FOLDER / name).iterdir()]
    return tuple(sorted(found, key=lambda one: (one.valid_from, one.version)))


def _set(raw: dict[str, Any]) -> Set:
    settings = [_setting(row) for row in raw.pop("settings", [])]
    figures = [_figure(raw["key"], row) for row in raw.pop("figures", [])]
    missing = tuple(Gap(**row | {"number": str(row["number"])}) for row in raw.pop("gaps", []))
    goals = tuple(Goal(**row | {"numbers": tuple(row["numbers"])}) for row in raw.pop("goals", []))
    named = {"settings": {s.key: s for s in settings}, "figures": {f.key: f for f in figures}}
    return Set(**named, gaps=missing, goals=goals, **raw)


def _setting(row: dict[str, Any]) -> Setting:
    return Setting(**row | {"default": str(row["default"]), "choices": tuple(row.get("choices", ()))})


def _figure(of: str, row: dict[str, Any]) -> Definition:
    lists = {name: tuple(row.get(name, ())) for name in ("share", "share_of", "settings")}
    made = Definition(**row | lists | {"key": f"{of}.{row['key']}", "number": str(row.get("number", ""))})
    if made.impact_level not in LEVELS:
        raise ValueError(f"{made.key}: impact level {made.impact_level}")
    return made
