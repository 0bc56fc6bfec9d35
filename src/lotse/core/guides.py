"""The wording of guided ways and checklists: one YAML file for each version, never changed once released."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable

import yaml


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


def read_guides(folder: Traversable) -> tuple[Guide, ...]:
    """Every file of every folder below."""
    texts = [path.read_text(encoding="utf-8") for way in folder.iterdir() for path in way.iterdir()]
    return tuple(_guide(yaml.safe_load(text)) for text in texts)


def valid_guide(known: Iterable[Guide], key: str, day: date) -> Guide:
    """The release of a guide that is valid on a day."""
    return max((g for g in known if g.key == key and g.valid_from <= day), key=lambda g: (g.valid_from, g.version))


def _guide(raw: dict) -> Guide:
    groups = tuple(Group(row["title"], tuple(Item(**item) for item in row["items"])) for row in raw["groups"])
    named = {key: value for key, value in raw.items() if key not in ("way", "groups")}
    return Guide(key=raw["way"], groups=groups, **named)
