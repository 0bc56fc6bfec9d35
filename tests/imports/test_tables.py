"""What office programs write, and what people do with it before they bring it along."""

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from lotse.documents.archives import BOMB, DAMAGED, XLSX
from lotse.documents.inspection import type_of
from lotse.documents.tables import EMPTY, FORMULA, UNREADABLE, WIDEST, read_table
from lotse.documents.wording import CSV
from lotse.documents.wording import UNREADABLE as UNREADABLE_TEXT
from tests.documents.files import PNG, PROGRAM, pdf
from tests.documents.letters import with_part
from tests.imports.tables import csv_of, xlsx_of

HEAD = ("Name", "Ort")
ONLY = (XLSX, CSV)


def read(content, media_type=XLSX):
    table = read_table(content, media_type)
    return [h.text for h in table.headings], [(line.number, *line.values) for line in table.lines]


def csv_read(content):
    return read(content, CSV)


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_read_whatever_wrote_it(sign, encoding):
    content = csv_of(("Müller; Größe", "Köln"), head=HEAD, sign=sign, encoding=encoding)

    assert csv_read(content) == (["Name", "Ort"], [(2, "Müller; Größe", "Köln")])


def test_text_that_no_encoding_fits_is_refused():
    with pytest.raises(ValidationError) as caught:
        csv_read(b"Name;Ort\nK\x81ln;x\n")
    assert caught.value.messages == [UNREADABLE_TEXT]


def test_quotes_that_do_not_close_name_their_line():
    with pytest.raises(ValidationError, match="In Zeile 3 stimmen die Anführungszeichen nicht"):
        csv_read(b'Name;Ort\na;b\n"c;d\ne;f\n')


def test_lines_are_counted_as_the_office_program_counts_them():
    assert csv_read(b'Name;Ort\n\na;"b\nb"\n;;\nc;d\n')[1] == [(3, "a", "b\nb"), (6, "c", "d")]


@pytest.mark.parametrize(
    "content", [csv_of(head=("",)), csv_of(head=("nur eins",)), xlsx_of(head=())], ids=["blank", "one cell", "xlsx"]
)
def test_an_empty_sheet_is_refused(content):
    with pytest.raises(ValidationError) as caught:
        read(content, XLSX if content.startswith(b"PK") else CSV)
    assert caught.value.messages == [EMPTY]


def test_a_title_above_the_headings_is_skipped():
    assert read(xlsx_of(HEAD, ("a", "b"), head=("Liste 2025",))) == (["Name", "Ort"], [(3, "a", "b")])


def test_headings_that_stand_twice_are_told_apart_by_their_letter():
    table = read_table(xlsx_of(head=("Telefon", "Telefon", None, "Ort")), XLSX)
    assert [(h.letter, h.text) for h in table.headings] == [("A", "Telefon"), ("B", "Telefon"), ("C", ""), ("D", "Ort")]


def test_a_hundred_columns_are_read_and_too_many_refused():
    assert len(read(xlsx_of(range(100), head=[f"h{n}" for n in range(100)]))[0]) == 100
    with pytest.raises(ValidationError, match="mehr als 500 Spalten"):
        read(csv_of(head=[f"h{n}" for n in range(WIDEST + 1)]), CSV)


def test_values_keep_their_kind():
    line = read(xlsx_of(("a", 1, 2.5, date(1990, 5, 12), True, "  x "), head=tuple("abcdef")))[1]
    assert line == [(2, "a", 1, 2.5, date(1990, 5, 12), True, "x")]


def test_a_formula_is_neither_calculated_nor_believed():
    assert read(xlsx_of(("=1+1", '=HYPERLINK("http://x")'), head=HEAD))[1] == [(2, FORMULA, FORMULA)]


def test_text_of_our_own_that_looked_like_a_formula_comes_back():
    assert read(xlsx_of(("'=1+1", "'+49 201"), head=HEAD))[1] == [(2, "=1+1", "+49 201")]
    assert read(xlsx_of(("'s Gravenhage", "x"), head=HEAD))[1] == [(2, "'s Gravenhage", "x")]


def test_merged_cells_are_refused_by_name():
    with pytest.raises(ValidationError, match=r"verbunden \(A3:A4, A1:B1\)"):
        read(xlsx_of(("a", "b"), head=HEAD, change=lambda s: (s.merge_cells("A1:B1"), s.merge_cells("A3:A4"))))


def test_a_sheet_with_a_hundred_thousand_empty_rows_is_read_to_its_end():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in ([*HEAD], ["a", "b"], *([] for _ in range(100_000)), ["z", "y"]):
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)

    assert read(target.getvalue())[1] == [(2, "a", "b"), (100_003, "z", "y")]


def test_the_first_of_several_sheets_is_read_and_named():
    book = Workbook()
    book.active.title = "Klienten"
    book.active.append(HEAD)
    book.create_sheet("Notizen").append(["x", "y"])
    target = io.BytesIO()
    book.save(target)

    assert read_table(target.getvalue(), XLSX).sheet == "Klienten"


def test_a_damaged_workbook_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_of(head=HEAD))) as whole, zipfile.ZipFile(content, "w") as part:
        for name in whole.namelist():
            part.writestr(name, b"<broken" if "sheet1" in name else whole.read(name))

    with pytest.raises(ValidationError) as caught:
        read(content.getvalue())
    assert caught.value.messages == [UNREADABLE]


def test_an_archive_bomb_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr("lotse.documents.archives.MOST_UNPACKED", 1000)
    with pytest.raises(ValidationError) as caught:
        read(xlsx_of(head=HEAD))
    assert caught.value.messages == [BOMB]


@pytest.mark.rule("DO-01")
def test_a_part_that_names_files_of_this_machine_is_refused():
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    content = with_part(xlsx_of(head=HEAD), "xl/workbook.xml", lambda part: declared + part)

    with pytest.raises(ValidationError) as caught:
        read(content)
    assert caught.value.messages == [DAMAGED]


@pytest.mark.rule("DO-01")
@pytest.mark.parametrize(
    "content",
    [PROGRAM, PNG, pdf(), b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"<html></html>"],
    ids=["exe", "png", "pdf", "xls", "html"],
)
def test_what_is_no_table_is_refused(content):
    with pytest.raises(ValidationError, match="Das ist kein XLSX oder CSV"):
        type_of(content, ONLY)


@pytest.mark.rule("DO-01")
def test_tables_are_known_by_their_content():
    assert [type_of(content, ONLY).label for content in (xlsx_of(head=HEAD), csv_of(head=HEAD))] == ["XLSX", "CSV"]


def test_a_table_is_no_scan(world):
    with pytest.raises(ValidationError, match="Das ist kein PDF, JPEG oder PNG"):
        type_of(csv_of(head=HEAD))
