"""Tagged PDF (PDF/UA-1) from a document, by Typst. Texts go in as data and are never read as markup."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst
from django.conf import settings

from lotse.documents.rendering.spec import Document

TEMPLATE = "document.typ"


class FontsMissing(Exception):
    """The fonts for paper are not fetched; `python tools/fetch_assets.py` does it."""


@cache
def _template() -> bytes:
    return (files("lotse.documents.rendering") / TEMPLATE).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    folder = Path(settings.PACKAGE) / "static" / "vendor" / "fonts"
    if not any(folder.glob("*.ttf")):
        raise FontsMissing("Die Schriften für den Druck fehlen.")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def render_pdf(document: Document) -> bytes:
    data = json.dumps(document.as_data(), ensure_ascii=False)
    return typst.compile(_template(), font_paths=_fonts(), sys_inputs={"document": data}, pdf_standards=["ua-1"])
