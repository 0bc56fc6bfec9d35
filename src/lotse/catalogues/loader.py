"""Words as data: versioned lists and their translations from YAML, strictly checked, with stable keys (ADR 0008).

`data/<catalogue>/<version>.yaml` is a release of a list in German. `translations/<language>/<version>.yaml` holds words of one
language; a later file adds to those before it. A language is added by adding its file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import yaml

from lotse.catalogues.entries import BadCatalogue, Catalogue, Choices, Entry, Source, UnknownEntry
from lotse.core.frozen import FrozenData

__all__ = [
    "BadCatalogue",
    "Catalogue",
    "Entry",
    "UnknownEntry",
    "all_catalogues",
    "catalogue",
    "choices",
    "entry",
    "label",
]

PACKAGE = files("lotse.catalogues")
DATA = PACKAGE / "data"
TRANSLATIONS = PACKAGE / "translations"
FROZEN = FrozenData(PACKAGE, ("data", "translations"), PACKAGE / "releases.txt")

HEAD = {"catalogue": str, "version": str, "title": str, "valid_from": date, "source": dict, "entries": list}
FLAGS = {"is_default": bool, "is_sensitive": bool, "for_clients": bool}
SOURCE = {"title": str, "url": str, "date": str}
ENTRY = {
    "key": str,
    "label": str,
    "group": str,
    "hint": str,
    "text": str,
    "aliases": list,
    "export": bool,
    "valid_from": date,
    "valid_to": date,
}
TRANSLATION = {
    "language": str,
    "version": str,
    "title": str,
    "own_name": str,
    "direction": str,
    "valid_from": date,
    "for_texts": str,
    "reviewed": bool,
    "words": dict,
    "texts": dict,
}
KEY = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, eq=False)
class Translation:
    """All words of one language. `for_texts`: the release of the client texts these texts translate.

    `texts_version`: the file that last brought a text, so that new words leave signed wordings as they were.
    """

    language: str
    version: str
    title: str
    own_name: str
    direction: str
    valid_from: date
    for_texts: str
    reviewed: bool
    words: Words
    texts: Words
    texts_version: str = ""

    def after(self, earlier: "Translation | None") -> "Translation":
        """These words on top of the earlier ones. What is new is unchecked, and so is then the whole."""
        if earlier is None:
            return replace(self, texts_version=self.version)
        return replace(
            self,
            reviewed=self.reviewed and earlier.reviewed,
            words=_joined(earlier.words, self.words),
            texts=_joined(earlier.texts, self.texts),
            texts_version=self.version if self.texts else earlier.texts_version,
        )


def catalogue(name: str, on: date | None = None) -> Catalogue:
    """The release of a list that is valid on a day (default: today), with the translations of that day."""
    day = on or date.today()
    released = [release for release in releases(name) if release.valid_from <= day]
    if not released:
        raise UnknownEntry(f"{name} on {day}")
    return _translated(released[-1], tuple(translations(day).values()))


def all_catalogues() -> Iterator[Catalogue]:
    for folder in sorted(DATA.iterdir(), key=lambda f: f.name):
        if folder.is_dir():
            yield catalogue(folder.name)


def entry(name: str, key: str) -> Entry:
    return catalogue(name).entry(key)


def label(name: str, key: str, language: str = "de") -> str:
    return catalogue(name).label(key, language) if key else ""


def choices(name: str, empty: str | None = None) -> Choices:
    """For a form field; `empty` adds a first line without value."""
    first = [] if empty is None else [("", empty)]
    return first + catalogue(name).choices


def translations(on: date | None = None) -> dict[str, Translation]:
    """By language, the newest that is valid on a day; German is the source and not among them."""
    day = on or date.today()
    return {t.language: t for t in _all_translations() if t.valid_from <= day}


@cache
def releases(name: str) -> tuple[Catalogue, ...]:
    """Every release of a list, the oldest first."""
    folder = DATA / name
    if not KEY.fullmatch(name) or not folder.is_dir():
        raise UnknownEntry(name)
    loaded = [load(path, name) for path in folder.iterdir() if path.name.endswith(".yaml")]
    return tuple(sorted(loaded, key=lambda release: (release.valid_from, release.version)))


@cache
def _all_translations() -> tuple[Translation, ...]:
    loaded = [load_translation(path, folder.name) for folder in TRANSLATIONS.iterdir() for path in folder.iterdir()]
    newest: dict[str, Translation] = {}
    found = []
    for one in sorted(loaded, key=lambda t: (t.valid_from, t.version)):
        newest[one.language] = one.after(newest.get(one.language))
        found.append(newest[one.language])
    return tuple(found)


def _joined(earlier: Words, later: Words) -> Words:
    return {name: {**earlier.get(name, {}), **later.get(name, {})} for name in {**earlier, **later}}


@cache
def _translated(release: Catalogue, languages: tuple[Translation, ...]) -> Catalogue:
    entries = {key: _with_words(entry, release, languages) for key, entry in release.entries.items()}
    return replace(release, entries=MappingProxyType(entries))


def _with_words(entry: Entry, release: Catalogue, languages: tuple[Translation, ...]) -> Entry:
    labels = {t.language: t.words.get(release.name, {}).get(entry.key) for t in languages}
    texts = {
        t.language: t.texts.get(release.name, {}).get(entry.key) for t in languages if t.for_texts == release.version
    }
    return replace(entry, labels=_filled(labels), texts=_filled(texts))


def _filled(words: Mapping[str, str | None]) -> Mapping[str, str]:
    return MappingProxyType({language: word for language, word in words.items() if word})


def load(path: Traversable, name: str) -> Catalogue:
    where = f"{name}/{path.name}"
    raw = _read(path, where)
    _check(raw, HEAD, FLAGS, where)
    _check(raw["source"], {"title": str}, SOURCE, where)
    if (raw["catalogue"], f"{raw['version']}.yaml") != (name, path.name):
        raise BadCatalogue(f"{where}: names another list or version")
    entries = [_entry(row, where) for row in raw.pop("entries")]
    source = Source(**raw.pop("source"))
    return Catalogue(name=raw.pop("catalogue"), entries=_by_key(entries, where), **raw | {"source": source})


def load_translation(path: Traversable, language: str) -> Translation:
    where = f"{language}/{path.name}"
    raw = _read(path, where)
    _check(raw, TRANSLATION, {}, where)
    if (raw["language"], f"{raw['version']}.yaml") != (language, path.name) or raw["direction"] not in ("ltr", "rtl"):
        raise BadCatalogue(f"{where}: names another language, version or direction")
    for words in (*raw["words"].values(), *raw["texts"].values()):
        if not all(isinstance(part, str) and part for pair in words.items() for part in pair):
            raise BadCatalogue(f"{where}: {words}")
    return Translation(**raw)


def _read(path: Traversable, where: str) -> dict[str, Any]:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)  # noqa: S506 - _Strict is a safe loader
    except yaml.YAMLError as error:
        raise BadCatalogue(f"{where}: {error}") from error


class _Strict(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Refuses a mapping that says the same key twice, which YAML readers pass over."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.YAMLError(f"a key stands twice: {keys}")
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


def _check(raw: Any, required: Mapping[str, type], optional: Mapping[str, type], where: str) -> None:
    known = {**required, **optional}
    if not isinstance(raw, dict) or required.keys() - raw.keys() or raw.keys() - known.keys():
        raise BadCatalogue(f"{where}: {raw}")
    wrong = [name for name, value in raw.items() if not isinstance(value, known[name]) or value == ""]
    if wrong:
        raise BadCatalogue(f"{where}: {wrong} in {raw}")


def _entry(row: Any, where: str) -> Entry:
    _check(row, {"key": str, "label": str}, ENTRY, where)
    made = Entry(**row | {"aliases": tuple(row.get("aliases", ()))})
    begins_after_end = made.valid_from and made.valid_to and made.valid_from > made.valid_to
    is_alias_no_word = not all(isinstance(alias, str) and alias for alias in made.aliases)
    if not KEY.fullmatch(made.key) or begins_after_end or is_alias_no_word:
        raise BadCatalogue(f"{where}: {row}")
    return made


def _by_key(entries: list[Entry], where: str) -> Mapping[str, Entry]:
    by_key = {entry.key: entry for entry in entries}
    if len(by_key) != len(entries) or not entries:
        raise BadCatalogue(f"{where}: a key stands twice, or there is none")
    return MappingProxyType(by_key)
