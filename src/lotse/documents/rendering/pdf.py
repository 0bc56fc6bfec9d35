"""Tagged PDF (PDF/UA-1) from a document, by Typst. Texts go in as data and are never read as markup."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import typst
from django.conf import settings

from lotse.documents.rendering.spec import Document

TEMPLATE = "document.typ"
NO_FONT_FOR_SIGN = "could not be displayed"


class FontsMissing(Exception):
    """The fonts for paper are not fetched; `python tools/fetch_assets.py` does it."""


@cache
def _template() -> bytes:
    return (files("lotse.documents.rendering") / TEMPLATE).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Only those of the house, so that a paper looks the same wherever it is made."""
    folder = Path(settings.PACKAGE) / "static" / "vendor" / "fonts"
    if not any(folder.glob("*.ttf")):
        raise FontsMissing("Die Schriften für den Druck fehlen. Bitte `make assets` ausführen.")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def render_pdf(document: Document) -> bytes:
    """PDF/UA-1. A sign that no font of the house has (an emoji, a rare script) is printed as a box, without the mark UA-1:
    better a paper with a gap than no paper.
    """
    data = json.dumps(document.as_data(), ensure_ascii=False)
    try:
        return _compiled(data, "ua-1")
    except typst.TypstError as error:
        if NO_FONT_FOR_SIGN not in str(error):
            raise
        return _compiled(data, "1.7")


def _compiled(data: str, standard: Literal["ua-1", "1.7"]) -> bytes:
    return typst.compile(_template(), font_paths=_fonts(), sys_inputs={"document": data}, pdf_standards=[standard])


PROBE = b"#image(bytes(json(bytes(sys.inputs.picture))))"


def is_printable(picture: bytes) -> bool:
    """Whether a picture can be drawn at all; inside of a paper, a broken one would only be missing."""
    try:
        typst.compile(PROBE, font_paths=_fonts(), sys_inputs={"picture": json.dumps(list(picture))})
    except typst.TypstError:
        return False
    return True


def render_png(markup: str) -> bytes:
    """A picture from markup of our own: never from what somebody has typed."""
    return typst.compile(markup.encode(), format="png", ppi=150.0, font_paths=_fonts())  # type: ignore[return-value]
