from lotse.documents.rendering.pdf import render_pdf
from lotse.documents.rendering.spec import (
    Bilingual,
    Choice,
    Document,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
)

__all__ = [
    "Bilingual",
    "Choice",
    "Document",
    "Heading",
    "KeyValues",
    "Note",
    "PageBreak",
    "Paragraph",
    "Signatures",
    "Table",
    "render_pdf",
]
