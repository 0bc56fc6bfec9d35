import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from lotse.documents.rendering.sheets import Sheet, guarded, write_csv, write_xlsx

CELLS = [
    ("=1+1", "'=1+1"),
    ("+49 711", "'+49 711"),
    ("-", "'-"),
    ("@x", "'@x"),
    ("\tx", "'\tx"),
    ("\r=x", "'\r=x"),
    ("\x00=x", "'=x"),
    ("a=b", "a=b"),
    ("", ""),
    (-3, -3),
    (0, 0),
    (None, None),
]


def opened(*sheets):
    return load_workbook(io.BytesIO(write_xlsx(sheets)))


def rows_of(page):
    return [list(row) for row in page.iter_rows(values_only=True)]


@pytest.mark.parametrize(("cell", "safe"), CELLS)
def test_no_cell_becomes_a_formula(cell, safe):
    assert guarded(cell) == safe


def test_no_cell_of_a_workbook_is_a_formula():
    page = opened(Sheet("x", ("=Kopf",), [[cell] for cell, _ in CELLS])).active
    assert "f" not in {cell.data_type for row in page.iter_rows() for cell in row}
    assert page["A1"].value == "'=Kopf"


def test_numbers_and_dates_stay_what_they_are():
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
    page = opened(Sheet("x", ("A", "B", "C", "D"), [[3, Decimal("2.5"), date(2026, 11, 3), moment]])).active
    assert rows_of(page)[1] == [3, 2.5, datetime(2026, 11, 3), datetime(2026, 1, 1, 13)]


def test_workbook_has_a_page_for_each_sheet_and_one_for_the_notes():
    book = opened(Sheet("Fälle [2026]: a/b", ("A",), [["x"]], notes=("Ohne Kurzanfragen.",)), Sheet("", ("B",), []))
    assert book.sheetnames == ["Fälle  2026   a b", "Tabelle", "Hinweise"]
    assert rows_of(book["Hinweise"]) == [["Hinweis"], ["Ohne Kurzanfragen."]]


def test_header_stays_in_sight():
    assert opened(Sheet("x", ("A",), [])).active.freeze_panes == "A2"


def test_csv_opens_right_in_a_german_excel():
    rows = [["Thema", "Anzahl"], ["=böse", 3], ["a;b", 2.5], ["am", date(2026, 11, 3)], ["gut", True], [None, ""]]
    assert "".join(write_csv(rows)) == (
        '\ufeffThema;Anzahl\r\n\'=böse;3\r\n"a;b";2,5\r\nam;03.11.2026\r\ngut;ja\r\n;\r\n'
    )


def test_csv_is_written_while_it_is_read():
    endless = iter(lambda: ["x"], None)
    lines = write_csv(endless)
    assert [next(lines), next(lines)] == ["\ufeffx\r\n", "x\r\n"]
