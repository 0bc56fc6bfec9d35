import pytest

from lotse.documents.rendering import (
    ABOVE,
    Bilingual,
    Choice,
    Document,
    FontsMissing,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    SideBySide,
    Signatures,
    Spacer,
    Table,
    pdf,
    render_pdf,
)
from tests.documents.reading import about, tags_of, text_of, words_of

ACHIEVED = ("ja", "nein", "z. T.", "i. B.")


def paper(*blocks, **more):
    return render_pdf(Document(title="Probe", blocks=blocks, **more))


def goals(number, steps=3):
    """A part B: `number` goals with their steps, the cells of the goal joined."""
    rows = []
    for goal in range(number):
        for step in range(steps):
            first = step == 0
            rows.append(
                (f"Ziel {goal + 1}" if first else ABOVE, f"Schritt {goal + 1}.{step + 1}", Choice(ACHIEVED, (3,)))
            )
    return Table(("Ziel", "Arbeitsschritt", "Erreicht?"), tuple(rows), (2, 4, 2))


SIGNATURES = Signatures(("Unterschrift Klient*in", "Unterschrift Berater*in"), "Ort, Datum")


# What the file is ----------------------------------------------------------------------------------------------------
def test_paper_says_that_it_is_accessible():
    found = render_pdf(Document(title="Förderplan", blocks=(Heading("Förderplan"),), author="Stelle Nord"))

    assert b"pdfuaid:part>1</pdfuaid:part>" in found
    assert b"/Lang(de)" in found
    facts = about(found)
    assert (facts["Title"], facts["Author"], facts["Tagged"]) == ("Förderplan", "Stelle Nord", "yes")
    assert facts["Page size"].endswith("(A4)")


def test_header_of_a_table_is_tagged_as_such():
    tags = tags_of(paper(Heading("Plan"), goals(1)))
    assert [tags.count(name) for name in ("H1", "Table", "THead", "TH", "TR")] == [1, 1, 1, 3, 4]


def test_language_of_the_reader_is_marked_in_the_paper():
    assert b"/Lang(tr)" in paper(Paragraph(Bilingual("Ziel", "Hedef")), language="tr")


def test_paper_without_title_or_blocks_is_still_a_paper():
    assert about(render_pdf(Document(title=" ", blocks=())))["Title"] == "Dokument"


def test_headings_never_skip_a_level():
    tags = tags_of(paper(Heading("Oben", 2), Heading("Tief", 4), Heading(""), Heading("Daneben", 2)))
    assert [tag for tag in tags if tag.startswith("H")] == ["H1", "H2", "H2"]


# What can be read ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    ["Größe, Übermaß, Straße", "Şahin Çiğdem İnce Ağrı", "Шевченко Ольга Їжак", "Łódź", "محمد نعمة", "پیشنهاد گفتگو"],
)
def test_letters_are_printed_and_can_be_copied(words):
    assert words in text_of(paper(Paragraph(words)))


def test_other_language_stands_under_the_german():
    assert words_of(paper(Note(Bilingual("Ziel", "Hedef")), language="tr")).startswith("Ziel Hedef")


def test_same_words_are_not_printed_twice():
    assert words_of(paper(Note(Bilingual("Name", "Name")), language="en")).count("Name") == 1


def test_texts_stand_side_by_side_paragraph_by_paragraph():
    block = SideBySide((Bilingual("Eins.", "Bir."), Bilingual("Zwei.", "İki.")))
    lines = [line.split() for line in text_of(paper(block, language="tr")).splitlines()]
    assert lines[0] == ["Eins.", "Bir."]
    assert ["Zwei.", "İki."] in lines


def test_right_to_left_stands_on_the_right():
    page = text_of(paper(SideBySide((Bilingual("Ziel", "هدف"),)), language="ar"))
    assert page.splitlines()[0].split() == ["Ziel", "هدف"]


@pytest.mark.parametrize(
    "typed",
    [
        '#panic("x")',
        "*fett* _kursiv_",
        "$x$",
        "@ref <label>",
        "\\ #{} [x]",
        "// still",
        '"; sys.inputs',
        "= kein Titel",
    ],
)
@pytest.mark.parametrize("place", ["paragraph", "value", "cell", "heading"])
def test_what_people_type_is_never_markup(typed, place):
    block = {
        "paragraph": Paragraph(typed),
        "value": KeyValues((("Notiz", typed),), columns=1),
        "cell": Table(("Notiz",), ((typed,),), (1,)),
        "heading": Heading(typed),
    }[place]
    assert typed in text_of(paper(block))


def test_signs_that_cannot_be_printed_are_left_out():
    assert words_of(paper(Paragraph("vor\x00her\u202e \ud800nach\ther"))).startswith("vorher nach her")


def test_a_sign_without_a_font_does_not_stop_the_paper():
    found = paper(Paragraph("Gruß 🙂"))
    assert "Gruß" in text_of(found)
    assert b"pdfuaid" not in found


def test_a_long_address_stays_in_its_column():
    address = "https://www.beispielstadt.example/amt/auslaenderwesen/termine?ort=1&tag=2"
    page = text_of(paper(Table(("A", "B"), ((address, "daneben"),), (1, 3))))
    assert "tag=2" in page.replace("\u200b", "")
    assert len([line for line in page.splitlines() if "\u200b" in line]) > 1


# The form ------------------------------------------------------------------------------------------------------------
def test_ticks_are_read_aloud():
    assert words_of(paper(Choice(ACHIEVED, (1,), label="Erreicht?"))).startswith("Erreicht? ja × nein z. T. i. B.")


def test_empty_values_are_a_dash_or_a_line_to_write_on():
    rows = (("Ausgehändigt am", ""),)
    assert words_of(paper(KeyValues(rows))).startswith("Ausgehändigt am –")
    assert words_of(paper(KeyValues(rows, writable=True))).startswith("Ausgehändigt am Seite")


def test_every_signature_has_its_place_and_date():
    page = words_of(paper(SIGNATURES))
    assert page.startswith("Ort, Datum Ort, Datum Unterschrift Klient*in Unterschrift Berater*in")


def test_joined_cells_are_printed_once():
    page = words_of(paper(goals(2)))
    assert [page.count(f"Ziel {n}") for n in (1, 2)] == [1, 1]
    assert page.count("Schritt 2.") == 3


def test_part_b_of_four_goals_and_its_signatures_fill_one_sheet():
    assert about(paper(Heading("Teil B"), goals(4), SIGNATURES, landscape=True))["Pages"] == "1"


def test_more_goals_run_over_more_sheets_with_the_header_on_each():
    found = paper(goals(24), SIGNATURES)
    pages = int(about(found)["Pages"])
    page = text_of(found)
    assert pages > 1
    assert page.count("Arbeitsschritt") == pages
    assert f"Seite {pages} von {pages}" in page
    assert page.index("Schritt 24.3") < page.index("Unterschrift Klient*in")


def test_one_cell_longer_than_a_sheet_is_printed_whole():
    words = " ".join(f"Wort{n}" for n in range(2500))
    page = text_of(paper(Table(("Notiz",), ((words,),), (1,))))
    assert "Wort0 " in page
    assert "Wort2499" in page


def test_sheets_turn_at_a_page_break():
    found = paper(Heading("Hoch"), PageBreak(landscape=True), Spacer(10), Heading("Quer"), PageBreak())
    assert about(found)["Pages"] == "2"
    assert [sheet.landscape for sheet in Document("x", (Heading("a"), PageBreak(True), Heading("b"))).sheets] == [
        False,
        True,
    ]


def test_draft_mark_stands_on_every_sheet():
    found = paper(Heading("Eins"), PageBreak(), Heading("Zwei"), footer="Stelle", watermark="Entwurf, nicht geprüft")
    assert text_of(found).count("Stelle · Entwurf, nicht geprüft") == 2


def test_missing_fonts_are_named(settings, tmp_path):
    settings.PACKAGE = tmp_path
    pdf._fonts.cache_clear()
    with pytest.raises(FontsMissing, match="Schriften für den Druck fehlen"):
        paper(Heading("x"))
    pdf._fonts.cache_clear()
