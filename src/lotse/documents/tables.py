"""Reading tables that people bring along: XLSX and CSV, row by row, with a message in German for whatever is odd.

Formulas are never calculated and never believed: a cell that holds one says so (`FORMULA`).
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.core.exceptions import ValidationError
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from lotse.documents import archives
from lotse.documents.rendering.sheets import DANGEROUS
from lotse.documents.wording import text_of

EMPTY = "Die Tabelle ist leer. Die erste Zeile braucht Überschriften, darunter stehen die Angaben."
UNREADABLE = "Die Tabelle lässt sich nicht lesen. Bitte öffnen Sie sie und speichern Sie sie neu als XLSX."
MERGED = "In der Tabelle sind Zellen verbunden ({}). Bitte heben Sie die Verbindung auf und füllen Sie jede Zelle."
QUOTES = "In Zeile {} stimmen die Anführungszeichen nicht. Bitte prüfen Sie die Zeile oder speichern Sie als XLSX."
SEPARATORS = (";", ",", "\t")
WIDEST = 500
CHUNK = 1024 * 1024
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z]+\d+:[A-Z]+\d+)")


class Formula:
    def __str__(self) -> str:
        return "(Formel)"


FORMULA: Final = Formula()
Value = str | int | float | bool | date | Formula | None


@dataclass(frozen=True)
class Heading:
    """A column as people call it: by its letter and what stands above it."""

    index: int
    text: str

    @property
    def letter(self) -> str:
        return get_column_letter(self.index + 1)


@dataclass(frozen=True)
class Line:
    """`number` as the office program counts it."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Table:
    """`lines` is read once and leaves out empty ones. `sheet`: which one was read, where there are several."""

    headings: tuple[Heading, ...]
    lines: Iterator[Line]
    sheet: str = ""


def read_table(content: bytes, media_type: str) -> Table:
    """Raises `ValidationError`, also while the lines are read."""
    sheet, rows = _workbook(content) if media_type == archives.XLSX else ("", _text(content))
    filled = (line for line in rows if any(value is not None for value in line.values))
    head = _head_of(filled)
    if len(head.values) > WIDEST:
        raise ValidationError(
            f"Die Tabelle hat mehr als {WIDEST} Spalten. Bitte löschen Sie, was nicht gebraucht wird."
        )
    headings = tuple(Heading(i, "" if value is None else str(value)) for i, value in enumerate(head.values))
    return Table(headings, filled, sheet)


def _head_of(filled: Iterator[Line]) -> Line:
    """The first line with two cells at least: a title above the table has one."""
    first = next(filled, None)
    while first and sum(value is not None for value in first.values) < 2:
        first = next(filled, None)
    if first is None:
        raise ValidationError(EMPTY)
    return first


# CSV -----------------------------------------------------------------------------------------------------------------
def _text(content: bytes) -> Iterator[Line]:
    text = text_of(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begin = 1
    try:
        for row in reader:
            yield Line(begin, _trimmed(_typed(cell) for cell in row))
            begin = reader.line_num + 1
    except csv.Error as error:
        raise ValidationError(QUOTES.format(begin)) from error


def _separator(text: str) -> str:
    """Whichever the first lines have most of, outside of quotes."""
    start = re.sub(r'"[^"]*"', "", text[:20_000]).splitlines()[:5]
    return max(SEPARATORS, key=lambda sign: sum(line.count(sign) for line in start))


def _typed(cell: str) -> Value:
    return unguarded(cell.strip()) or None


def unguarded(text: str) -> str:
    """The apostrophe that the house itself puts before what looks like a formula (`rendering.sheets.guarded`)."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


# XLSX ----------------------------------------------------------------------------------------------------------------
def _workbook(content: bytes) -> tuple[str, Iterator[Line]]:
    archives.refuse_bomb(content)
    try:
        with warnings.catch_warnings():  # about parts of the file that are not read
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what other programs write there is often wrong
            _refuse_merged(content, sheet._worksheet_path)
    except ValidationError:
        raise
    except Exception as error:  # a damaged workbook fails in as many ways as there are parts
        raise ValidationError(UNREADABLE) from error
    return (sheet.title if len(book.worksheets) > 1 else ""), _lines(sheet)


def _lines(sheet: Any) -> Iterator[Line]:
    try:
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if row:
                yield Line(number, _trimmed(_value(cell) for cell in row))
    except ValidationError:
        raise
    except Exception as error:  # as above
        raise ValidationError(UNREADABLE) from error


def _value(cell: Any) -> Value:
    if cell.data_type == "f":
        return FORMULA
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return unguarded(value.strip()) or None
    return str(value) if isinstance(value, time) else value


def _refuse_merged(content: bytes, path: str) -> None:
    """They hold a value in one of their cells only, so that rows would come in without it."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(path.lstrip("/")) as stream:
        rest = b""
        while chunk := stream.read(CHUNK):
            found += [ref.decode() for ref in _MERGE.findall(rest + chunk)]
            rest = (rest + chunk)[-100:]
    if found:
        listed = ", ".join(dict.fromkeys(found[:3])) + (" …" if len(set(found)) > 3 else "")
        raise ValidationError(MERGED.format(listed))


def _trimmed(values: Iterable[Value]) -> tuple[Value, ...]:
    found = list(values)
    while found and found[-1] is None:
        found.pop()
    return tuple(found)
