"""The sheet for the controlling of the funder, as data: questions and key figures change, so that a house can bring its own.

What is packaged is invented and says so. What is brought along is read without believing it: no alias, no tag, every word checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from lotse.core.frozen import FrozenData

PACKAGE = files("lotse.agency")
DATA = PACKAGE / "data" / "controlling"
FROZEN = FrozenData(PACKAGE, ("data",), PACKAGE / "releases.txt")
LARGEST = 200_000
MOST_ITEMS = 200
LONGEST = 4000
KINDS = ("text", "number", "choice", "figure")
READS = ("measures", "participants", "volunteers", "measures_BE", "measures_IKÖ", "measures_SR", "measures_AD")
TOO_LARGE = "Der Bogen ist zu groß. Erlaubt sind 200 KB."
NO_TEXT = "Das ist keine Textdatei in UTF-8. Bitte speichern Sie sie neu."
NO_YAML = "Zeile {}: Hier stimmt die Schreibweise nicht. Bitte vergleichen Sie mit dem Beispiel."
ALIAS = "Der Bogen benutzt Verweise (& oder *). Bitte schreiben Sie alles aus."


@dataclass(frozen=True)
class Option:
    key: str
    text: str
    help: str = ""


@dataclass(frozen=True)
class Item:
    """A question or a key figure. `reads`: what is counted for it; `explain`: a choice with room for why; `most`: signs."""

    key: str
    kind: str
    text: str
    help: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    explain: bool = False
    optional: bool = False
    most: int = LONGEST
    reads: str = ""

    def said(self, value: str) -> str:
        """The words for a stored answer."""
        return next((option.text for option in self.options if option.key == value), value)


@dataclass(frozen=True)
class Section:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Questions:
    version: str
    title: str
    source: str
    from_year: int
    sections: tuple[Section, ...]
    is_example: bool = False

    @property
    def name(self) -> str:
        """As people know it: a house tells its versions apart, of the example nobody knows one."""
        return self.title if self.is_example else f"{self.title}, Fassung {self.version}"

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)


@cache
def packaged() -> Questions:
    return built(read(packaged_text()))


def packaged_text() -> bytes:
    return max(DATA.iterdir(), key=lambda path: path.stem).read_bytes()


# Reading what somebody has brought along ------------------------------------------------------------------------------
class _Plain(yaml.SafeLoader):
    """Without aliases: a few lines of them unfold to gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise ValidationError(ALIAS)
        return super().compose_node(parent, index)


def read(content: bytes) -> dict[str, Any]:
    """The file as plain data; refused with a German sentence."""
    if len(content) > LARGEST:
        raise ValidationError(TOO_LARGE)
    try:
        raw = yaml.load(content.decode("utf-8-sig"), _Plain)  # noqa: S506 -- a safe loader
    except UnicodeDecodeError as error:
        raise ValidationError(NO_TEXT) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ValidationError(NO_YAML.format(mark.line + 1 if mark else 1)) from error
    return _mapping(raw, "Der Bogen")


def built(raw: Mapping[str, Any]) -> Questions:
    sections = tuple(_section(part, number) for number, part in enumerate(_list(raw, "sections", "Der Bogen"), start=1))
    made = Questions(
        _word(raw, "version", "Der Bogen", 40), _word(raw, "title", "Der Bogen", 160), _word(raw, "source", "Der Bogen", 300),
        _year(raw), sections, raw.get("example") is True,
    )  # fmt: skip
    _refuse_odd(made.items)
    return made


def _refuse_odd(items: tuple[Item, ...]) -> None:
    keys = [item.key for item in items]
    if len(keys) > MOST_ITEMS:
        raise ValidationError(f"Der Bogen hat {len(keys)} Fragen, erlaubt sind {MOST_ITEMS}.")
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValidationError(f"Zweimal vergeben: {', '.join(twice)}. Jede Frage braucht einen eigenen „key“.")


def _section(raw: Any, number: int) -> Section:
    place = f"Abschnitt {number}"
    part = _mapping(raw, place)
    items = tuple(_item(item, f"{place}, Frage {n}") for n, item in enumerate(_list(part, "items", place), start=1))
    return Section(_word(part, "title", place, 160), items)


def _item(raw: Any, place: str) -> Item:
    row = _mapping(raw, place)
    kind, reads = _word(row, "kind", place, 10), str(row.get("reads", ""))
    if kind not in KINDS:
        raise ValidationError(f"{place}: Die Art „{kind}“ gibt es nicht. Möglich sind {', '.join(KINDS)}.")
    if kind == "figure" and reads not in READS:
        raise ValidationError(f"{place}: „{reads}“ kann Lotse nicht zählen. Möglich sind {', '.join(READS)}.")
    options = tuple(_option(o, place) for o in _list(row, "options", place)) if kind == "choice" else ()
    return Item(
        _key(row, place), kind, _word(row, "text", place, 500), _maybe(row, "help", place, 500), _maybe(row, "unit", place, 40),
        options, row.get("explain") is True, row.get("optional") is True, _most(row, place), reads,
    )  # fmt: skip


def _option(raw: Any, place: str) -> Option:
    row = _mapping(raw, place)
    return Option(_key(row, place), _word(row, "text", place, 200), _maybe(row, "help", place, 300))


def _mapping(raw: Any, place: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise ValidationError(f"{place}: Hier fehlen Angaben wie „text: …“.")
    return raw


def _list(raw: Mapping[str, Any], name: str, place: str) -> list[Any]:
    found = raw.get(name)
    if not isinstance(found, list) or not found:
        raise ValidationError(f"{place}: „{name}“ fehlt oder ist leer.")
    return found


def _word(raw: Mapping[str, Any], name: str, place: str, most: int) -> str:
    words = _maybe(raw, name, place, most)
    if not words:
        raise ValidationError(f"{place}: „{name}“ fehlt.")
    return words


def _maybe(raw: Mapping[str, Any], name: str, place: str, most: int) -> str:
    words = raw.get(name, "")
    if not isinstance(words, str | int) or isinstance(words, bool):
        raise ValidationError(f"{place}: „{name}“ muss ein Text sein.")
    if len(str(words)) > most:
        raise ValidationError(f"{place}: „{name}“ ist zu lang, erlaubt sind {most} Zeichen.")
    return str(words).strip()


def _key(raw: Mapping[str, Any], place: str) -> str:
    key = _word(raw, "key", place, 40)
    if not key.isidentifier() and not key.isdigit():
        raise ValidationError(f"{place}: Der „key“ „{key}“ darf nur Buchstaben, Ziffern und _ haben.")
    return key


def _most(raw: Mapping[str, Any], place: str) -> int:
    most = raw.get("most", LONGEST)
    if not isinstance(most, int) or not 1 <= most <= LONGEST:
        raise ValidationError(f"{place}: „most“ muss eine Zahl von 1 bis {LONGEST} sein.")
    return most


def _year(raw: Mapping[str, Any]) -> int:
    year = raw.get("from_year")
    if not isinstance(year, int) or not 2000 <= year <= 2100:
        raise ValidationError("Der Bogen: „from_year“ muss ein Förderjahr wie 2027 sein.")
    return year
