"""The catalogue on paper and as a table: the three columns of the source."""

from collections.abc import Iterator, Sequence

from lotse.documents.rendering import Document, Heading, Note, Table
from lotse.documents.rendering.sheets import Sheet
from lotse.documents.rendering.spec import Block
from lotse.quality.models import Framework
from lotse.quality.queries.frameworks import Line, Section

HEADER = ("Lfd. Nummer", "Qualitätskriterien", "QM-Handbuch des Trägers")


def catalogue_paper(framework: Framework, sections: Sequence[Section]) -> Document:
    house = framework.organisation.name
    blocks = [block for section in sections for block in _blocks(section)]
    return Document(
        title=framework.title, blocks=(Heading(framework.title), Note(framework.source), *blocks), author=house,
        footer=f"{house} · {framework.title}, Fassung {framework.version}",
    )  # fmt: skip


def _blocks(section: Section) -> Iterator[Block]:
    for level, head in enumerate(section.heads, start=2 if len(section.heads) > 1 else _level(section)):
        yield Heading(head, level)
    yield Table(HEADER, tuple(_cells(line) for line in section.lines), (2, 6, 4))


def _level(section: Section) -> int:
    area = section.lines[0].criterion.area
    return 2 if area.number == area.chapter else 3


def catalogue_sheet(framework: Framework, sections: Sequence[Section]) -> Sheet:
    """The areas stand between the criteria, as in the source."""
    rows = [row for section in sections for row in _rows(section)]
    return Sheet(framework.title, HEADER, rows)


def _rows(section: Section) -> Iterator[tuple[str, ...]]:
    for head in section.heads:
        number, _space, title = head.partition(" ")
        yield number, title, ""
    for line in section.lines:
        yield _cells(line)


def _cells(line: Line) -> tuple[str, ...]:
    parts = [f"• {part.text}" for part in line.criterion.parts.all()]
    row = line.reference
    said = [str(row.chapter or ""), row.text, row.link] if row else []
    return line.code, "\n".join([line.criterion.text, *parts]), "\n".join(filter(None, said))
