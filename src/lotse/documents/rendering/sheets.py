"""Tables for office programs. A cell that would be read as a formula is made plain text first."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(value: Any) -> Any:
    """Numbers stay numbers; text that begins like a formula gets an apostrophe."""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return value


def write_xlsx(title: str, rows: Iterable[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in rows:
        sheet.append([guarded(cell) for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def write_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with mark, semicolons: what a German Excel opens right."""
    target = io.StringIO()
    csv.writer(target, delimiter=";", lineterminator="\r\n").writerows([guarded(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")
