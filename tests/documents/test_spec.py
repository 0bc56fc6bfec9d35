from dataclasses import FrozenInstanceError

import pytest

from lotse.documents.rendering import ABOVE, Bilingual, Choice, Document, Heading, PageBreak, Paragraph, Table
from lotse.documents.rendering.spec import direction_of


@pytest.mark.parametrize(("language", "direction"), [("de", "ltr"), ("tr", "ltr"), ("ar", "rtl"), ("fa-AF", "rtl")])
def test_direction_follows_from_the_language(language, direction):
    assert direction_of(language) == direction
    assert Document("x", (), language=language).direction == direction


@pytest.mark.parametrize(
    ("header", "rows", "widths"),
    [(("A", "B"), (("x",),), (1, 1)), (("A",), (("x",),), (1, 1)), (("A",), ((ABOVE,),), (1,))],
)
def test_table_that_does_not_fit_together_is_refused(header, rows, widths):
    with pytest.raises(ValueError, match="row"):
        Table(header, rows, widths)


def test_page_breaks_cut_the_document_into_sheets():
    blocks = (
        PageBreak(),
        Heading("a"),
        PageBreak(landscape=True),
        Heading("b"),
        PageBreak(),
        Heading("c"),
        PageBreak(),
    )
    sheets = Document("x", blocks).sheets
    assert [(sheet.landscape, sheet.blocks[0].text) for sheet in sheets] == [(False, "a"), (True, "b"), (True, "c")]


def test_every_text_becomes_a_pair_and_every_block_names_its_kind():
    data = Document("x", (Paragraph("a"), Choice((Bilingual("ja", "yes"),), (0,)))).as_data()
    assert data["sheets"][0]["blocks"] == [
        {"kind": "Paragraph", "text": {"kind": "Bilingual", "de": "a", "other": ""}},
        {
            "kind": "Choice",
            "options": [{"kind": "Bilingual", "de": "ja", "other": "yes"}],
            "ticked": [0],
            "label": {"kind": "Bilingual", "de": "", "other": ""},
        },
    ]


def test_a_document_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Document("x", ()).title = "y"
