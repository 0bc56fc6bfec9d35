"""Tables for office programs. A cell that would be read as a formula is made plain text first."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
CONTROL_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WIDTHS = (12, 60)
MARK = "\ufeff"  # tells Excel that it is UTF-8


@dataclass(frozen=True)
class Sheet:
    """`rows` may be a generator, it is read once. `notes`: what the figures mean, on a sheet of its own."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]
    notes: Sequence[str] = ()


def guarded(value: Any) -> Any:
    """Numbers stay numbers; text that begins like a formula gets an apostrophe; moments are those of the wall clock."""
    if isinstance(value, datetime) and value.tzinfo:
        return timezone.make_naive(value)
    if not isinstance(value, str):
        return value
    text = CONTROL_SIGNS.sub("", value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    book = Workbook(write_only=True)
    notes: list[str] = []
    for sheet in sheets:
        _write_sheet(book, sheet)
        notes += sheet.notes
    if notes:
        _write_sheet(book, Sheet("Hinweise", ("Hinweis",), ([note] for note in notes)))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def write_csv(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Line by line, with mark and semicolons: what a German Excel opens right."""
    line = io.StringIO(MARK)
    line.seek(0, io.SEEK_END)
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_in_german(guarded(cell)) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    page: WriteOnlyWorksheet = book.create_sheet(_title(sheet.title))
    page.freeze_panes = "A2"
    for number, words in enumerate(sheet.header, start=1):
        shortest, longest = WIDTHS
        page.column_dimensions[get_column_letter(number)].width = min(max(len(words) + 4, shortest), longest)
    page.append([_head(page, words) for words in sheet.header])
    for row in sheet.rows:
        page.append([guarded(cell) for cell in row])


def _head(page: WriteOnlyWorksheet, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, guarded(words))
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EEF4F5")
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _title(words: str) -> str:
    """At most 31 letters and none of those that a workbook forbids."""
    return FORBIDDEN_IN_TITLES.sub(" ", guarded(words))[:31].strip() or "Tabelle"


def _in_german(value: Any) -> Any:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value).replace(".", ",") if isinstance(value, float | Decimal) else value
