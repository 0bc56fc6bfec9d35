"""The words of letters as a paper of the house; the layout of the organisation stays in the Word file."""

from collections.abc import Iterable

from lotse.documents.rendering import Document, PageBreak, Paragraph
from lotse.documents.rendering.spec import Block


def letter_paper(letters: Iterable[list[str]]) -> Document:
    """Each on a sheet of its own."""
    blocks: list[Block] = []
    for lines in letters:
        blocks += [PageBreak(), *(Paragraph(line) for line in lines)]
    return Document(title="Brief", blocks=tuple(blocks))
