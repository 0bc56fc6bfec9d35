"""Templates are read and filled, never run; what a saved mail holds comes out as words."""

import docx
import pytest
from django.core.exceptions import ValidationError

from lotse.documents import archives, wording
from lotse.documents.archives import BOMB, DAMAGED, MACROS, OUTSIDE
from lotse.documents.inspection import type_of
from lotse.documents.letters import NO_GAPS, filled, gaps_in, lines_of, refuse_unknown
from lotse.documents.mail import MOST_ATTACHED, read_mail, words_of
from tests.documents.files import pdf
from tests.documents.letters import cut, mail, saved, with_part, word
from tests.imports.tables import xlsx_of

KNOWN = ("Vorname", "Nachname", "Anschrift", "Text")


def test_gaps_are_found_everywhere_in_the_letter():
    content = word(
        "Guten Tag {{Vorname}} {{ Nachname }}",
        "{{Vorname}}",
        table=("x", "{{Text}}"),
        header="{{Anschrift}}",
        footer="Seite",
    )

    assert gaps_in(content) == ["Anschrift", "Vorname", "Nachname", "Text"]


@pytest.mark.rule("DO-04")
def test_unknown_gaps_are_named_with_the_nearest_known_one():
    with pytest.raises(ValidationError) as caught:
        refuse_unknown(word("{{Vornahme}} {{Nachname}} {{Blutgruppe}}"), KNOWN)
    assert caught.value.messages == [
        "Den Platzhalter „Vornahme“ gibt es nicht. Meinten Sie „Vorname“?",
        "Den Platzhalter „Blutgruppe“ gibt es nicht.",
    ]


def test_gaps_are_read_in_any_case():
    assert refuse_unknown(word("{{vorname}} {{NACHNAME}}"), KNOWN) == ["Vorname", "Nachname"]


@pytest.mark.parametrize("text", ["{{Vorname", "Vorname}}", "{{ {{Vorname}} }}", "{{Vor{name}}"])
def test_a_torn_gap_is_named(text):
    with pytest.raises(ValidationError, match="nicht richtig geschlossen"):
        refuse_unknown(word(text), KNOWN)


def test_a_letter_without_a_gap_is_refused():
    with pytest.raises(ValidationError) as caught:
        refuse_unknown(word("Guten Tag"), KNOWN)
    assert caught.value.messages == [NO_GAPS]


def test_gaps_cut_into_pieces_are_filled_where_they_begin():
    content = cut("Guten Tag {{Vorname}} {{Nachname}}!", 8, 11, 14, 20, 24)

    assert lines_of(filled(content, {"Vorname": "Mira", "Nachname": "Özdemir"})) == ["Guten Tag Mira Özdemir!"]


def test_values_are_text_and_nothing_else():
    made = filled(word("{{Text}} {{Vorname}}"), {"Text": "{{Vorname}} <w:b/> {% x %} & „so“", "Vorname": "A"})

    assert lines_of(made) == ["{{Vorname}} <w:b/> {% x %} & „so“ A"]


def test_lines_of_a_value_are_lines_of_the_letter():
    made = filled(word("{{Anschrift}} Ende"), {"Anschrift": "Am Markt 1\n45127 Essen"})

    assert lines_of(made) == ["Am Markt 1\n45127 Essen Ende"]
    assert docx.Document(__import__("io").BytesIO(made)).paragraphs[0].text == "Am Markt 1\n45127 Essen Ende"


def test_an_empty_value_leaves_no_trace_of_the_gap():
    assert lines_of(filled(word("Tel. {{Text}}."), {"Text": ""})) == ["Tel. ."]


# What does not come in ------------------------------------------------------------------------------------------------
def relation(kind, target):
    entry = f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" TargetMode="External"/>'
    return lambda part: part.replace(b"</Relationships>", f"{entry}</Relationships>".encode())


RELS = "word/_rels/document.xml.rels"
BAD = {
    "macro": ("word/vbaProject.bin", b"x", MACROS),
    "macro by type": ("[Content_Types].xml", lambda part: part.replace(b"document.main", b"document.macroEnabled.main"), MACROS),
    "control": ("word/activeX/activeX1.xml", b"<x/>", MACROS),
    "picture from outside": (RELS, relation("image", "https://evil.example/x.png"), OUTSIDE),
    "template from outside": (RELS, relation("attachedTemplate", "file:///share/x.dotm"), OUTSIDE),
    "entities": ("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', DAMAGED),
    "wide entities": ("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16"), DAMAGED),
    "no document": ("word/document.xml", b"<broken", DAMAGED),
}  # fmt: skip


@pytest.mark.rule("DO-04")
@pytest.mark.parametrize("name", sorted(BAD))
def test_a_template_that_does_something_is_refused(name):
    part, change, message = BAD[name]
    with pytest.raises(ValidationError) as caught:
        refuse_unknown(with_part(word("{{Vorname}}"), part, change), KNOWN)
    assert caught.value.messages == [message]


def test_a_link_that_a_reader_may_follow_is_no_harm():
    content = with_part(word("{{Vorname}}"), RELS, relation("hyperlink", "https://lotse.example/"))

    assert refuse_unknown(content, KNOWN) == ["Vorname"]


@pytest.mark.rule("DO-04")
def test_an_archive_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1024**2)
    with pytest.raises(ValidationError) as caught:
        refuse_unknown(with_part(word("{{Vorname}}"), "word/media/a.xml", b"0" * 2 * 1024**2), KNOWN)
    assert caught.value.messages == [BOMB]


@pytest.mark.rule("DO-01")
@pytest.mark.parametrize("content", [xlsx_of(), pdf(), b"PK\x03\x04kaputt"], ids=["xlsx", "pdf", "damaged"])
def test_what_is_no_word_file_is_refused(content):
    with pytest.raises(ValidationError, match="Das ist kein DOCX"):
        type_of(content, (archives.DOCX,))


# Mails ----------------------------------------------------------------------------------------------------------------
def test_a_mail_is_read_as_words():
    read = read_mail(mail())

    assert (read.sender, read.recipient, read.subject, read.text) == (
        "Amt <amt@stadt.example>", "beratung@lotse.example", "Ihr Antrag", "Guten Tag,\nhier der Bescheid.",
    )  # fmt: skip
    assert f"{read.sent_at:%d.%m.%Y %H:%M}" == "20.11.2026 10:15"


def test_html_becomes_the_words_a_reader_would_see():
    page = (
        "<html><head><style>p{}</style></head><body><p>Guten&nbsp;Tag</p><script>alert(1)</script><img src='https://evil.example'>"
        "<ul><li>eins<li>zwei</ul></body></html>"
    )

    assert read_mail(mail(text="", html=page)).text == "Guten Tag\n\neins\nzwei"


def test_the_plain_part_is_preferred():
    assert read_mail(mail(text="schlicht", html="<p>bunt</p>")).text == "schlicht"


@pytest.mark.parametrize("markup", ["<p", "<<<>>>", "a < b", "<head>offen<body>da", "<script>nie zu"])
def test_broken_html_is_no_error(markup):
    assert "nie zu" not in words_of(markup)


def test_attachments_come_with_their_names_and_no_more_than_a_page_can_hold():
    many = [(f"{n}.pdf", pdf()) for n in range(MOST_ATTACHED + 3)]
    read = read_mail(mail(attached=many))

    assert (len(read.attached), read.attached[0].name, read.attached[0].content, read.left_out) == (
        MOST_ATTACHED,
        "0.pdf",
        pdf(),
        3,
    )


def test_marks_that_turn_the_reading_direction_are_gone():
    assert read_mail(mail(Subject="gpj.exe\u202e")).subject == "gpj.exe"


@pytest.mark.rule("DO-01")
def test_a_mail_is_known_by_its_head():
    assert type_of(mail(), (wording.MAIL,)).label == "EML"
    for content in (pdf(), b"Hallo: Welt\n\nText", b"kein Kopf"):
        with pytest.raises(ValidationError, match="Das ist kein EML"):
            type_of(content, (wording.MAIL,))


def test_saved_files_are_word_files():
    assert type_of(saved(docx.Document()), (archives.DOCX,)).label == "DOCX"
