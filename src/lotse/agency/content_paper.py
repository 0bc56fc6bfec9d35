"""The paper of what was released: every row with its words, in the order of the document."""

from collections.abc import Iterator

from lotse.agency.models import AgencyDocument
from lotse.agency.queries.content import Content
from lotse.documents.rendering import Document, Heading, KeyValues, Paragraph
from lotse.documents.rendering.spec import Block

DEEPEST, SHORT = 4, 40
TEXT = "Text"


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
        said = {name: words if isinstance(words, str) else ", ".join(words) for name, words in part["fields"].items()}
        short = tuple((name, words) for name, words in said.items() if not _runs(name, words))
        yield from (KeyValues(short),) if short else ()
        yield from (Paragraph(_sentence(name, words)) for name, words in said.items() if _runs(name, words))
        yield from _blocks(part, level + 1)


def _runs(name: str, words: str) -> bool:
    """Running text; the rest stands as pairs side by side."""
    return name == TEXT or len(words) > SHORT


def _sentence(name: str, words: str) -> str:
    return words if name == TEXT else f"{name}: {words}"
