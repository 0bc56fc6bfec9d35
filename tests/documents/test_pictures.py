import re
import subprocess
import sys
from base64 import b64decode
from struct import unpack_from

import pytest

from lotse.documents import pictures
from lotse.documents.pictures import VEGA_LITE, PictureFailed, content_hash, svg_of
from lotse.documents.rendering import Document, Figure, FontsMissing, Heading, Picture, render_pdf
from lotse.documents.rendering.docx import render_docx
from lotse.documents.rendering.type import with_our_type
from tests.documents.reading import about, tags_of


def spec(words="Grüße", **more):
    values = [{"words": words, "count": 1234}]
    text = {"text": {"field": "words"}}
    return {"$schema": VEGA_LITE, "data": {"values": values}, "mark": "text", "encoding": text, **more}


def test_a_specification_becomes_svg():
    svg = svg_of(spec())
    assert svg.startswith("<svg ")
    assert "Grüße" in svg


def test_numbers_are_written_in_german():
    svg = svg_of(spec(encoding={"text": {"field": "count", "format": ",d"}}))
    assert "1.234" in svg


def test_the_same_picture_is_drawn_once(monkeypatch):
    once = spec("nur einmal")
    first = svg_of(once)
    monkeypatch.setattr(pictures._DRAWER, "ask", lambda written: pytest.fail("drawn again"))
    assert svg_of(dict(reversed(once.items()))) == first


def test_the_hash_changes_with_the_content():
    assert content_hash(spec("a")) == content_hash(spec("a"))
    assert content_hash(spec("a")) != content_hash(spec("b"))


def test_who_draws_is_replaced_when_it_is_gone():
    svg_of(spec("vorher"))
    pictures._DRAWER.process.kill()
    pictures._DRAWER.process.wait()
    assert "nachher" in svg_of(spec("nachher"))


@pytest.mark.parametrize("address", ["{}", "file://{}", "http://127.0.0.1:9{}"])
def test_a_picture_loads_nothing_from_elsewhere(tmp_path, address):
    (tmp_path / "x.json").write_text('[{"words": "geheim"}]', encoding="utf-8")
    try:
        found = svg_of(spec(data={"url": address.format(tmp_path / "x.json")}))
    except PictureFailed:
        found = ""
    assert "geheim" not in found


def test_what_cannot_be_drawn_is_said_and_the_next_is_drawn():
    with pytest.raises(PictureFailed):
        svg_of(spec(mark="nothing-of-that-kind"))
    assert "danach" in svg_of(spec("danach"))


def test_who_never_answers_is_given_up(monkeypatch):
    monkeypatch.setattr(pictures._DRAWER, "_asked", lambda written: "")
    with pytest.raises(PictureFailed):
        svg_of(spec("stumm"))


def test_missing_fonts_are_named(settings, tmp_path, monkeypatch):
    settings.PACKAGE = tmp_path
    with pytest.raises(FontsMissing):
        pictures._started()


def test_the_server_itself_never_loads_what_draws():
    code = "import lotse.documents.pictures, sys; assert 'vl_convert' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_who_draws_knows_no_environment(monkeypatch):
    monkeypatch.setenv("LOTSE_SECRET_KEY", "nobody-may-know")
    process = pictures._started()
    try:
        with open(f"/proc/{process.pid}/environ", "rb") as environment:
            assert b"nobody-may-know" not in environment.read()
    finally:
        process.kill()
        process.communicate()


# Type ----------------------------------------------------------------------------------------------------------------
def test_the_letters_of_a_picture_travel_with_it():
    svg = svg_of(spec("Übergröße „ja“"))
    found = with_our_type(svg)
    (font,) = re.findall(r"base64,([^)]+)\)", found)
    woff = b64decode(font)

    assert woff[:4] == b"wOFF"
    assert unpack_from(">L", woff, 8)[0] == len(woff)
    assert len(woff) < 25_000
    assert svg in found.replace(re.search(r"<style>.*?</style>", found)[0], "")


def test_the_bold_face_travels_only_where_it_is_used():
    faces = [with_our_type(svg_of(spec("x", mark={"type": "text", "fontWeight": weight}))).count("@font-face") for weight in (400, 600)]  # fmt: skip
    assert faces == [1, 2]


# On paper ------------------------------------------------------------------------------------------------------------
def test_a_picture_on_paper_is_accessible_and_keeps_its_words():
    drawing = Picture(svg_of(spec()), "Am häufigsten weiblich.", 120)
    found = render_pdf(Document("Bilder", (Heading("Bilder"), Figure(drawing))))

    assert b"pdfuaid:part>1</pdfuaid:part>" in found
    assert about(found)["Tagged"] == "yes"
    assert "Figure" in tags_of(found)


def test_a_word_file_says_in_words_what_the_picture_shows():
    assert render_docx(Document("Bilder", (Figure(Picture("<svg/>", "Am häufigsten weiblich.")),)))[:2] == b"PK"
