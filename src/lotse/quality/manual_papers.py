"""The whole manual on paper: what stands in it, then chapter by chapter."""

from collections.abc import Iterator, Sequence

from lotse.documents.rendering import Document, Heading, Note, PageBreak, Paragraph
from lotse.documents.rendering.spec import Block
from lotse.organisations.models import Organisation
from lotse.quality.queries.manual import Node

SECTION = "\u2003"  # moves it in
NOTHING = "Das Handbuch hat noch kein Kapitel."


def manual_paper(house: Organisation, nodes: Sequence[Node]) -> Document:
    every = [one for node in nodes for one in (node, *node.sections)]
    lines = [f"{SECTION if one.chapter.parent_id else ''}{one.chapter}" for one in every]
    contents: tuple[Block, ...] = (Heading("Inhalt", 2), Paragraph("\n".join(lines)), PageBreak()) if every else ()
    body = [block for node in nodes for block in _blocks(node, 2)]
    return Document(
        title=f"QM-Handbuch {house.name}",
        blocks=(Heading(f"QM-Handbuch {house.name}"), *contents, *(body or [Note(NOTHING)])),
        author=house.name,
        footer=f"{house.name} · QM-Handbuch",
    )


def _blocks(node: Node, level: int) -> Iterator[Block]:
    chapter = node.chapter
    yield Heading(str(chapter), level)
    if chapter.text:
        yield Paragraph(chapter.text)
    said = [f"Dokument: {chapter.document}"] if chapter.document else []
    if node.criteria:
        said.append(f"Belegt: {', '.join(one.code for one in node.criteria)}")
    if said:
        yield Note("\n".join(said))
    for section in node.sections:
        yield from _blocks(section, level + 1)
