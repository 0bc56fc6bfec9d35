"""A project concept on paper, in its eight sections (model.md §8.7)."""

from lotse.agency.models import ProjectConcept
from lotse.agency.models.support import SECTIONS
from lotse.documents.rendering import Document, Heading, Paragraph
from lotse.documents.rendering.spec import Block


def concept_paper(concept: ProjectConcept) -> Document:
    head: list[Block] = [Heading(concept.title)]
    if concept.subtitle:
        head.append(Paragraph(concept.subtitle))
    parts = [pair for number, name in enumerate(SECTIONS, 1) for pair in _section(concept, number, name)]
    kind, author = concept.get_level_display(), concept.agency.name
    return Document(
        title=concept.title, blocks=(*head, *parts), author=author,
        footer=f"{author} · {kind} vom {concept.changed_on:%d.%m.%Y}",
    )  # fmt: skip


def _section(concept: ProjectConcept, number: int, name: str) -> tuple[Block, Block]:
    label = concept._meta.get_field(name).verbose_name
    return Heading(f"{number} {label}", 2), Paragraph(getattr(concept, name) or "–")
