"""The sheet for the controlling of the funder, as data: questions and key figures change, so that a house can bring its own.

What is packaged is invented and says so. What is brought along is read without believing it: no alias, no tag, every word checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.core.exceptions import ValidationError

from lotse.core import brought
from lotse.core.brought import listed, mapping, maybe, word
from lotse.core.frozen import FrozenData

PACKAGE = files("lotse.agency")
DATA = PACKAGE / "data" / "controlling"
FROZEN = FrozenData(PACKAGE, ("data",), PACKAGE / "releases.txt")
MOST_ITEMS = 200
LONGEST = 4000
KINDS = ("text", "number", "choice", "figure")
READS = ("measures", "participants", "volunteers", "measures_BE", "measures_IKÖ", "measures_SR", "measures_AD")
SHEET = "Der Bogen"


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
def read(content: bytes) -> dict[str, Any]:
    """The file as plain data; refused with a German sentence."""
    return brought.read(content, SHEET)


def built(raw: Mapping[str, Any]) -> Questions:
    sections = tuple(_section(part, number) for number, part in enumerate(listed(raw, "sections", SHEET), start=1))
    made = Questions(
        word(raw, "version", SHEET, 40), word(raw, "title", SHEET, 160), word(raw, "source", SHEET, 300),
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
    part = mapping(raw, place)
    items = tuple(_item(item, f"{place}, Frage {n}") for n, item in enumerate(listed(part, "items", place), start=1))
    return Section(word(part, "title", place, 160), items)


def _item(raw: Any, place: str) -> Item:
    row = mapping(raw, place)
    kind, reads = word(row, "kind", place, 10), str(row.get("reads", ""))
    if kind not in KINDS:
        raise ValidationError(f"{place}: Die Art „{kind}“ gibt es nicht. Möglich sind {', '.join(KINDS)}.")
    if kind == "figure" and reads not in READS:
        raise ValidationError(f"{place}: „{reads}“ kann Lotse nicht zählen. Möglich sind {', '.join(READS)}.")
    options = tuple(_option(o, place) for o in listed(row, "options", place)) if kind == "choice" else ()
    return Item(
        _key(row, place), kind, word(row, "text", place, 500), maybe(row, "help", place, 500), maybe(row, "unit", place, 40),
        options, row.get("explain") is True, row.get("optional") is True, _most(row, place), reads,
    )  # fmt: skip


def _option(raw: Any, place: str) -> Option:
    row = mapping(raw, place)
    return Option(_key(row, place), word(row, "text", place, 200), maybe(row, "help", place, 300))


def _key(raw: Mapping[str, Any], place: str) -> str:
    key = word(raw, "key", place, 40)
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
