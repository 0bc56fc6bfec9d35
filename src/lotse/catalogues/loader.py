"""Words as data: versioned lists and texts from YAML, strictly checked, with stable keys (ADR 0008)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

DATA = files("lotse.catalogues") / "data"
RELEASES = "releases.txt"
HEAD = {"catalogue", "version", "title", "valid_from", "source", "entries"}
ENTRY = {"key", "label", "group", "text", "labels", "texts", "aliases", "export", "valid_to"}


class BadCatalogue(Exception):
    """A catalogue file does not have the agreed form."""


class UnknownEntry(KeyError):
    """No catalogue, or no entry, of that key."""


@dataclass(frozen=True)
class Entry:
    """`labels` and `texts` by language for what clients read; `export` False keeps a value inside the house."""

    key: str
    label: str
    group: str = ""
    text: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    export: bool = True
    valid_to: str = ""

    def label_in(self, language: str) -> str:
        """The label in that language, German where there is none."""
        return self.labels.get(language, self.label)

    def text_in(self, language: str) -> str:
        return self.texts.get(language, self.text)


@dataclass(frozen=True)
class Catalogue:
    """One released list. `is_default`: proposed by Lotse where no official list is printed."""

    name: str
    version: str
    title: str
    source: dict[str, str]
    is_default: bool
    entries: dict[str, Entry]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(e.key, e.label) for e in self.entries.values() if not e.valid_to]

    @property
    def grouped_choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for entry in self.entries.values():
            groups.setdefault(entry.group, []).append((entry.key, entry.label))
        return list(groups.items())

    def entry(self, key: str) -> Entry:
        try:
            return self.entries[key]
        except KeyError as error:
            raise UnknownEntry(f"{self.name}: {key}") from error

    def label(self, key: str, language: str = "de") -> str:
        """The words for a stored key; empty for an empty key, the key itself where the list no longer knows it."""
        return self.entries[key].label_in(language) if key in self.entries else key

    def labels(self, keys: list[str], language: str = "de") -> list[str]:
        return [self.label(key, language) for key in keys]


@cache
def catalogue(name: str, on: date | None = None) -> Catalogue:
    """The release of a list that is valid on a day (default: the newest)."""
    releases = [c for c in _releases(name) if on is None or c[0] <= on.isoformat()]
    if not releases:
        raise UnknownEntry(name)
    return max(releases, key=lambda release: release[1].version)[1]


@cache
def _releases(name: str) -> list[tuple[str, Catalogue]]:
    folder = DATA / name
    if not folder.is_dir():
        raise UnknownEntry(name)
    return [_load(path) for path in folder.iterdir() if path.name.endswith(".yaml")]


def _load(path: Traversable) -> tuple[str, Catalogue]:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or HEAD - raw.keys() or raw.keys() - HEAD - {"is_default"}:
        raise BadCatalogue(f"{path.name}: {sorted(HEAD ^ set(raw))}")
    entries = [_entry(row, path.name) for row in raw["entries"]]
    by_key = {entry.key: entry for entry in entries}
    if len(by_key) != len(entries):
        raise BadCatalogue(f"{raw['catalogue']}: a key stands twice")
    made = Catalogue(raw["catalogue"], str(raw["version"]), raw["title"], raw["source"], raw.get("is_default", False), by_key)
    return str(raw["valid_from"]), made


def _entry(row: dict[str, Any], where: str) -> Entry:
    if row.keys() - ENTRY or not row.get("label") or not str(row.get("key", "")).isascii():
        raise BadCatalogue(f"{where}: {row}")
    return Entry(**{**row, "aliases": tuple(row.get("aliases", ()))})


def all_catalogues() -> Iterator[Catalogue]:
    for folder in sorted(DATA.iterdir(), key=lambda f: f.name):
        if folder.is_dir():
            yield catalogue(folder.name)


def choices(name: str, empty: str | None = None) -> list[tuple[str, str]]:
    """For a form field; `empty` adds a first line without value."""
    first = [] if empty is None else [("", empty)]
    return first + catalogue(name).choices


def label(name: str, key: str, language: str = "de") -> str:
    return catalogue(name).label(key, language) if key else ""


def checksums() -> dict[str, str]:
    """Path below data → sha256, for every release."""
    found = {}
    for folder in DATA.iterdir():
        if folder.is_dir():
            found |= {f"{folder.name}/{p.name}": sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}
    return dict(sorted(found.items()))


def frozen_checksums() -> dict[str, str]:
    """What was released; a file that differs from its line here was changed after the release."""
    lines = (DATA / RELEASES).read_text(encoding="ascii").splitlines()
    return dict(reversed(line.split("  ", 1)) for line in lines)  # type: ignore[arg-type]
