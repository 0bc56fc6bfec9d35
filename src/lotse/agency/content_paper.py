"""The paper of what was released: every row with its words, in the order of the document."""

from collections.abc import Iterator

from lotse.agency.models import AgencyDocument
from lotse.agency.queries.content import Content
from lotse.documents.rendering import Document, Heading, KeyValues
from lotse.documents.rendering.spec import Block

DEEPEST = 4


def paper_of(document: AgencyDocument, content: Content) -> Document:
    agency, year = content["agency"], f"{content['title']}, Fassung {content['version']}"
    return Document(
        title=year,
        blocks=(
            Heading(content["title"]),
            KeyValues((("Integrationsagentur", agency),), columns=1),
            *_blocks(content, 2),
        ),
        author=str(document.organisation),
        footer=f"{agency} · {year}",
    )


def _blocks(content: Content, level: int) -> Iterator[Block]:
    for part in content["parts"]:
        yield Heading(f"{part['what']}: {part['name']}", min(level, DEEPEST))
        fields = tuple(
            (name, words if isinstance(words, str) else ", ".join(words)) for name, words in part["fields"].items()
        )
        if fields:
            yield KeyValues(fields, columns=1)
        yield from _blocks(part, level + 1)
