"""A table of official statistics becomes figures: what, where, when, how much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.core.exceptions import ValidationError

from lotse.agency.statistics.cells import amount_of, day_of
from lotse.agency.statistics.shapes import REGIONS, Shape, ValueColumn, shape_of
from lotse.core.search import fold
from lotse.documents.tables import Line, Table, read_table

LARGEST = 6 * 1024 * 1024
MOST_LINES, MOST_FIGURES, MOST_TOLD = 50_000, 2_000, 5
TOO_LARGE = "Die Datei ist größer als 6 MB. Bitte laden Sie in der Datenbank nur die Gebiete und Jahre herunter, die Sie brauchen."
TOO_MANY_LINES = "Die Tabelle hat mehr als 50.000 Zeilen. Bitte wählen Sie in der Datenbank weniger Gebiete oder Jahre."
TOO_MANY = "Das sind mehr als 2.000 Werte. Bitte nennen Sie unter „Nur diese Gebiete“, was Sie brauchen."
UNKNOWN = "In der Tabelle sind keine Werte zu erkennen. Bitte laden Sie sie als „Flat File“ herunter, oder nennen Sie die Spalten „Was“, „Gebiet“, „Jahr“, „Wert“, „Einheit“."  # fmt: skip
NONE_LEFT = "In der Tabelle sind keine Werte für diese Gebiete."
NONE = "In der Tabelle sind keine Werte."
TOTAL = {"insgesamt", "total"}
UNITS = {"anzahl": "", "number": "", "prozent": "%", "percent": "%"}  # as people write them


@dataclass(frozen=True)
class Figure:
    label: str
    area: str
    as_of: date
    value: Decimal
    unit: str


@dataclass(frozen=True)
class Reading:
    """`left_out`: values that the statistics does not tell. `title`: what the file calls itself."""

    figures: tuple[Figure, ...]
    left_out: int
    title: str = ""


@dataclass(frozen=True)
class Wanted:
    """`areas`: parts of names, all where there are none. `day`: where the table names no time."""

    areas: Sequence[str] = ()
    area: str = ""
    day: date | None = None

    def takes(self, area: str) -> bool:
        return not self.areas or any(_folded(wanted) in _folded(area) for wanted in self.areas)


_folded = lru_cache(maxsize=20_000)(fold)  # the same names come again and again


class _Reader:
    def __init__(self, shape: Shape, wanted: Wanted) -> None:
        self.shape, self.wanted = shape, wanted
        self.figures: list[Figure] = []
        self.left_out, self.title = 0, ""
        self.wrong: list[str] = []

    def take(self, line: Line) -> None:
        try:
            self._take(line)
        except ValidationError as error:
            self.wrong.append(f"Zeile {line.number}: {error.messages[0]}")

    def _take(self, line: Line) -> None:
        area = self._area(line)
        if not self.wanted.takes(area):
            return
        kinds = self._kinds(line)
        self.title = self.title or _text(line, self.shape.statistic)
        for column in self.shape.values:
            amount = amount_of(_cell(line, column.index), grouped=not self.shape.is_flat)
            if amount is None:
                self.left_out += 1
            else:
                self._keep(Figure(_label(line, column, kinds), area, self._day(line), amount, _unit(line, column)))

    def _keep(self, figure: Figure) -> None:
        if len(self.figures) >= MOST_FIGURES:
            raise _Full
        self.figures.append(figure)

    def _area(self, line: Line) -> str:
        named = (_text(line, words) for code, words in self.shape.kinds if _is_region(line, code))
        return (_text(line, self.shape.area) or next(named, "") or self.wanted.area)[:120]

    def _kinds(self, line: Line) -> list[str]:
        """What else the line tells apart."""
        told = [_text(line, words) for code, words in self.shape.kinds if not _is_region(line, code)]
        return [words for words in told if words and words.lower() not in TOTAL]

    def _day(self, line: Line) -> date:
        if self.shape.time is not None:
            return day_of(_cell(line, self.shape.time))
        if self.wanted.day is None:
            raise ValidationError("Die Tabelle nennt keine Zeit. Bitte geben Sie den Stand an.")
        return self.wanted.day


class _Full(Exception):
    """More figures than a table may have here."""


def read_statistics(content: bytes, media_type: str, wanted: Wanted) -> Reading:
    """Raises `ValidationError`, naming the lines that are odd."""
    if len(content) > LARGEST:
        raise ValidationError(TOO_LARGE)
    table = read_table(content, media_type)
    shape = shape_of(table.headings)
    if shape is None:
        raise ValidationError(UNKNOWN)
    reader = _Reader(shape, wanted)
    try:
        for line in _lines(table):
            reader.take(line)
    except _Full as error:
        raise ValidationError(TOO_MANY) from error
    return _checked(reader)


def _lines(table: Table) -> Iterator[Line]:
    for count, line in enumerate(table.lines):
        if count >= MOST_LINES:
            raise ValidationError(TOO_MANY_LINES)
        yield line


def _checked(reader: _Reader) -> Reading:
    if reader.wrong:
        more = len(reader.wrong) - MOST_TOLD
        raise ValidationError([*reader.wrong[:MOST_TOLD], *([f"Und {more} weitere."] if more > 0 else [])])
    if not reader.figures:
        raise ValidationError(NONE_LEFT if reader.wanted.areas else NONE)
    return Reading(tuple(reader.figures), reader.left_out, reader.title[:160])


def _is_region(line: Line, index: int) -> bool:
    return _text(line, index).upper().startswith(REGIONS)


def _cell(line: Line, index: int | None):
    return line.values[index] if index is not None and index < len(line.values) else None


def _text(line: Line, index: int | None) -> str:
    value = _cell(line, index)
    return "" if value is None else str(value).strip()


def _label(line: Line, column: ValueColumn, kinds: Sequence[str]) -> str:
    what = column.label or _text(line, column.label_at) or "Wert"
    return ", ".join([what, *kinds])[:200]


def _unit(line: Line, column: ValueColumn) -> str:
    said = column.unit or _text(line, column.unit_at)
    return UNITS.get(said.lower(), said)[:40]
