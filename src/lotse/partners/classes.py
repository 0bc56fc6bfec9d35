"""Which kinds of partners a programme must, can or does work with, as released data (model.md §7.1, NW-12)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from lotse.core.frozen import FrozenData
from lotse.partners.enums import Priority

PACKAGE = files("lotse.partners")
FOLDER = PACKAGE / "data" / "classes"
FROZEN = FrozenData(PACKAGE, ("data",), PACKAGE / "releases.txt")
MBE = "mbe"  # for its sites the mandatory ones are watched


@dataclass(frozen=True)
class PartnerClass:
    """`categories`: a partner of any of these kinds belongs to it."""

    key: str
    priority: Priority
    label: str
    categories: tuple[str, ...]


Classes = dict[str, tuple[PartnerClass, ...]]


def classes_of(programme: str, on: date | None = None) -> tuple[PartnerClass, ...]:
    """In the order of their priority; empty where nothing is said about a programme."""
    return _on(on or date.today()).get(programme, ())


def mandatory_classes(programme: str = MBE, on: date | None = None) -> tuple[PartnerClass, ...]:
    return tuple(one for one in classes_of(programme, on) if one.priority == Priority.MANDATORY)


def known_programmes(on: date | None = None) -> tuple[str, ...]:
    return tuple(_on(on or date.today()))


def priority_of(categories: Collection[str], programme: str, on: date | None = None) -> Priority | None:
    """The highest that one of the kinds gives; None: the programme says nothing of them."""
    found = {one.priority for one in classes_of(programme, on) if not set(categories).isdisjoint(one.categories)}
    return next((priority for priority in Priority if priority in found), None)


def categories_with(priority: Priority, programme: str) -> frozenset[str]:
    return frozenset(key for one in classes_of(programme) if one.priority == priority for key in one.categories)


def _on(day: date) -> Classes:
    return [classes for valid_from, classes in _releases() if valid_from <= day][-1]


@cache
def _releases() -> tuple[tuple[date, Classes], ...]:
    raw = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in FOLDER.iterdir()]
    in_order = sorted(raw, key=lambda one: (one["valid_from"], one["version"]))
    return tuple((one["valid_from"], {row["programme"]: _classes(row["classes"]) for row in one["programmes"]}) for one in in_order)  # fmt: skip


def _classes(rows: list[dict]) -> tuple[PartnerClass, ...]:
    made = [PartnerClass(row["key"], Priority(row["priority"]), row["label"], tuple(row["categories"])) for row in rows]
    return tuple(sorted(made, key=lambda one: list(Priority).index(one.priority)))
