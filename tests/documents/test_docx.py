import io

import docx
import pytest
from docx.oxml.ns import qn

from lotse.documents.rendering import (
    ABOVE,
    Bilingual,
    Choice,
    Document,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    SideBySide,
    Signatures,
    Spacer,
    Table,
)
from lotse.documents.rendering.docx import render_docx

ALL_KINDS = (
    Heading(Bilingual("Förderplan", "خطة الدعم")),
    Paragraph(Bilingual("Erster.\n\nZweiter.", "الأول.\n\nالثاني.")),
    SideBySide((Bilingual("Ich stimme zu.", "أوافق."),)),
    Note("Gemeinsam gemacht."),
    KeyValues((("Name", "Mira Özdemir"), ("Ausgehändigt am", ""), ("Ort", "Łódź"))),
    Choice(("ja", "nein"), (1,), label="Erreicht?"),
    PageBreak(landscape=True),
    Table(("Ziel", "Schritt"), (("Arbeit", "a"), (ABOVE, Choice(("ja", "nein"), (0,)))), (1, 2), caption="Teil B"),
    Spacer(5),
    Signatures(("Klient*in", "Berater*in"), "Ort, Datum"),
)


@pytest.fixture
def file():
    document = Document(
        "Förderplan", ALL_KINDS, language="ar", author="Stelle", footer="Stelle Nord", watermark="Entwurf"
    )
    return docx.Document(io.BytesIO(render_docx(document)))


def words_in(file):
    return [node.text for node in file.element.body.iter(qn("w:t")) if node.text]


def test_every_kind_of_block_is_written(file):
    words = " ".join(words_in(file))
    for part in (
        "Förderplan",
        "خطة الدعم",
        "Zweiter.",
        "Ich stimme zu.",
        "Gemeinsam",
        "Mira Özdemir",
        "Łódź",
        "Teil B",
    ):
        assert part in words
    assert "Erreicht?     ☐ ja     ☒ nein" in words


def test_file_says_what_it_is(file):
    about = file.core_properties
    assert (about.title, about.author, about.language) == ("Förderplan", "Stelle", "de-DE")


def test_arabic_runs_from_right_to_left(file):
    lines = [line for line in file.element.body.iter(qn("w:p")) if "الأول." in "".join(line.itertext())]
    assert [line.pPr.find(qn("w:bidi")) is not None for line in lines] == [True]
    run = lines[0].find(qn("w:r"))
    assert run.rPr.find(qn("w:rtl")) is not None
    assert run.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "ar"


def test_sheets_keep_their_direction(file):
    assert [section.page_width > section.page_height for section in file.sections] == [False, True]


def test_header_of_a_table_repeats_and_joined_cells_are_one(file):
    table = next(table for table in file.tables if table.cell(0, 0).text == "Ziel")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(1, 0).text.strip() == "Arbeit"


def test_footer_counts_pages_and_header_carries_the_draft_mark(file):
    section = file.sections[0]
    fields = [node.get(qn("w:instr")) for node in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text == "Entwurf"


def test_signs_that_no_file_may_hold_are_left_out():
    file = docx.Document(io.BytesIO(render_docx(Document("x", (Paragraph("vor\x00her\x0b"),)))))
    assert words_in(file) == ["vorher"]
