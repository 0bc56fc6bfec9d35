"""The wording of guided ways and checklists: `ways/<way>/<version>.yaml`, never changed once released."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from lotse.core.frozen import FrozenData

PACKAGE = files("lotse.network")
FROZEN = FrozenData(PACKAGE, ("ways",), PACKAGE / "ways.txt")
FOUNDATIONS = "foundations"


@dataclass(frozen=True)
class Item:
    key: str
    title: str
    hint: str


@dataclass(frozen=True)
class Group:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Guide:
    """`in_order`: a step begins when the one before is done."""

    key: str
    version: str
    valid_from: date
    title: str
    lead: str
    source: str
    in_order: bool
    groups: tuple[Group, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for group in self.groups for item in group.items)

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)


def guides(on: date | None = None) -> dict[str, Guide]:
    """The release of each that is valid on a day, by key; what is rated every year is not among them."""
    day = on or date.today()
    valid = sorted((g for g in _all() if g.valid_from <= day), key=lambda g: (g.valid_from, g.version))
    return {g.key: g for g in valid if g.key != FOUNDATIONS}


def guide(key: str, version: str) -> Guide:
    return next(g for g in _all() if (g.key, g.version) == (key, version))


def foundations(on: date | None = None) -> Guide:
    day = on or date.today()
    valid = [g for g in _all() if g.key == FOUNDATIONS and g.valid_from <= day]
    return max(valid, key=lambda g: (g.valid_from, g.version))


@cache
def _all() -> tuple[Guide, ...]:
    texts = [path.read_text(encoding="utf-8") for folder in (PACKAGE / "ways").iterdir() for path in folder.iterdir()]
    return tuple(_guide(yaml.safe_load(text)) for text in texts)


def _guide(raw: dict) -> Guide:
    groups = tuple(Group(row["title"], tuple(Item(**item) for item in row["items"])) for row in raw["groups"])
    named = {key: value for key, value in raw.items() if key not in ("way", "groups")}
    return Guide(key=raw["way"], groups=groups, **named)
