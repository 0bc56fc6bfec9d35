from lotse.documents.rendering.pdf import FontsMissing, render_pdf
from lotse.documents.rendering.spec import (
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

__all__ = [
    "ABOVE",
    "Bilingual",
    "Choice",
    "Document",
    "FontsMissing",
    "Heading",
    "KeyValues",
    "Note",
    "PageBreak",
    "Paragraph",
    "SideBySide",
    "Signatures",
    "Spacer",
    "Table",
    "render_pdf",
]
