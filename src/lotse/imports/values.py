"""What people write into cells, as values of the house, and back. Each refuses in German what it cannot read."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from lotse.catalogues.entries import UnknownEntry
from lotse.catalogues.own_lists import OwnLists
from lotse.core.fields import BAD_DATE, EARLIEST, FUTURE, PartialDate, format_partial_date, parse_partial_date
from lotse.core.search import fold
from lotse.documents.tables import FORMULA, Value

FORMULA_FOUND = "Hier steht eine Formel. Bitte fügen Sie das Ergebnis als Wert ein."
SERIAL_START, SERIALS = date(1899, 12, 30), range(3000, 2_958_466)  # Excel's days; below, four digits are a year
YES, NO = ("ja", "j", "x", "yes", "true", "wahr", "1"), ("nein", "n", "no", "false", "falsch", "0")
MANY = re.compile(r"\s*[;/]\s*")


@dataclass(frozen=True)
class Desk:
    """What is needed to read a cell: the organisation's lists, and names that only the kind knows (sites, people)."""

    lists: OwnLists
    options: dict[str, dict[str, str]] = field(default_factory=dict)


class Reader(Protocol):
    def read(self, value: Value, desk: Desk) -> Any:
        """The value of a filled cell."""

    def show(self, value: Any, desk: Desk) -> Any:
        """The cell for a value that is there."""


def as_text(value: Value) -> str:
    """A number is what was typed: 1.0 is 1."""
    if value is FORMULA:
        raise ValidationError(FORMULA_FOUND)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return {True: "ja", False: "nein"}[value] if isinstance(value, bool) else str(value)


class Plain:
    """Values that are shown as they are."""

    def show(self, value: Any, desk: Desk) -> Any:
        return value


@dataclass(frozen=True)
class Words(Plain):
    longest: int = 20_000

    def read(self, value: Value, desk: Desk) -> str:
        text = as_text(value).replace("\r\n", "\n").strip()
        if len(text) > self.longest:
            raise ValidationError(f"Der Text ist zu lang: höchstens {self.longest} Zeichen.")
        return text


class Mail(Plain):
    def read(self, value: Value, desk: Desk) -> str:
        text = as_text(value)
        try:
            validate_email(text)
        except ValidationError:
            raise ValidationError(f"„{text}“ ist keine E-Mail-Adresse.") from None
        return text


class Day(Plain):
    """A day that has been: 31.12.2025, 2025-12-31, or Excel's number."""

    def read(self, value: Value, desk: Desk) -> date:
        found = _partial(value)
        if found.precision != "day":
            raise ValidationError(BAD_DATE)
        return found.day


class PartialDay:
    """Also 05.1990, 1990 and ca. 1990."""

    def read(self, value: Value, desk: Desk) -> PartialDate:
        return _partial(value)

    def show(self, value: PartialDate, desk: Desk) -> str:
        return format_partial_date(value.day, value.precision)


def _partial(value: Value) -> PartialDate:
    if isinstance(value, date):
        return PartialDate(_past(value), "day")
    text = as_text(value)
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+Z?)?", text):
        text = "{2}.{1}.{0}".format(*iso.groups())
    if text.isdecimal() and int(text) in SERIALS:
        return PartialDate(_past(SERIAL_START + timedelta(days=int(text))), "day")
    return parse_partial_date(text)


def _past(day: date) -> date:
    if day < EARLIEST:
        raise ValidationError(BAD_DATE)
    if day > timezone.localdate():
        raise ValidationError(FUTURE)
    return day


class YesNo:
    def read(self, value: Value, desk: Desk) -> bool:
        text = as_text(value).casefold()
        if text not in YES + NO:
            raise ValidationError("Bitte „ja“ oder „nein“, oder leer lassen.")
        return text in YES

    def show(self, value: bool, desk: Desk) -> str:
        return "ja" if value else "nein"


@dataclass(frozen=True)
class Whole(Plain):
    """A whole number, the German way: 1.200 and 3,0 too."""

    most: int

    def read(self, value: Value, desk: Desk) -> int:
        text = as_text(value).replace(" ", "")
        if not isinstance(value, float):
            text = re.sub(r"\.(?=\d{3}(\D|$))", "", text)
        text = re.sub(r"[.,]0+$", "", text)
        if not text.isdecimal() or not 1 <= int(text[:9]) <= self.most:
            raise ValidationError(f"Bitte eine ganze Zahl von 1 bis {self.most}.")
        return int(text)


@dataclass(frozen=True)
class Listed:
    """A key of one of the organisation's lists, written as its word; `many`: several, between semicolons."""

    name: str
    many: bool = False

    def read(self, value: Value, desk: Desk) -> Any:
        if not self.many:
            return self._key(as_text(value), desk)
        return [self._key(word, desk) for word in MANY.split(as_text(value)) if word]

    def show(self, value: Any, desk: Desk) -> str:
        return "; ".join(desk.lists.label(self.name, key) for key in (value if self.many else [value]))

    def _key(self, word: str, desk: Desk) -> str:
        found = desk.lists.get(self.name)
        try:
            return found.key_of(word)
        except UnknownEntry:
            near = get_close_matches(word, [entry.label for entry in found.entries.values()], n=1, cutoff=0.8)
            hint = f" Meinten Sie „{near[0]}“?" if near else ""
            raise ValidationError(f"„{word}“ steht nicht in der Liste „{found.title}“.{hint}") from None


@dataclass(frozen=True)
class OneOf:
    """One of the options that the kind offers to this actor, by its name."""

    column: str

    def read(self, value: Value, desk: Desk) -> str:
        word, offered = as_text(value), desk.options[self.column]
        if word in offered:
            return word
        found = [key for key, label in offered.items() if fold(label) == fold(word)]
        if len(found) != 1:
            doubt = "gibt es mehrmals" if found else "steht hier nicht zur Wahl"
            raise ValidationError(f"„{word}“ {doubt}. Möglich: {', '.join(offered.values())[:120]}.")
        return found[0]

    def show(self, value: str, desk: Desk) -> str:
        return desk.options[self.column].get(value, value)
