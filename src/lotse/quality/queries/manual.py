"""The manual as a tree of two levels, with the criteria that each chapter proves."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality.models import Criterion, GovernedDocument, ManualChapter, ManualReference


@dataclass(frozen=True)
class Node:
    chapter: ManualChapter
    criteria: Sequence[Criterion]
    sections: "list[Node]" = field(default_factory=list)


def manual(actor: Actor, house: Organisation) -> list[Node]:
    """Two statements, whatever its size."""
    rows = ManualChapter.objects.visible_to(actor).filter(organisation=house).select_related("document")
    criteria = proven(house)
    nodes = {row.pk: Node(row, criteria.get(row.pk, [])) for row in rows}
    for node in nodes.values():
        if node.chapter.parent_id in nodes:
            nodes[node.chapter.parent_id].sections.append(node)
    return [node for node in nodes.values() if node.chapter.parent_id is None]


def proven(house: Organisation) -> dict[int, list[Criterion]]:
    rows = ManualReference.objects.filter(organisation=house, chapter__isnull=False).select_related(
        "criterion__framework"
    )
    found_ones: dict[int, list[Criterion]] = defaultdict(list)
    for row in rows.order_by("criterion__framework_id", "criterion__position"):
        found_ones[row.chapter_id].append(row.criterion)
    return found_ones


def get_chapter(actor: Actor, public_id: str) -> ManualChapter:
    return found(
        ManualChapter.objects.visible_to(actor).select_related("organisation", "parent", "document"), public_id
    )


def readable_documents(actor: Actor, house: Organisation) -> set[int]:
    """Chapters lead to a document only for who may open it."""
    return set(
        GovernedDocument.objects.visible_to(actor).filter(organisation=house).order_by().values_list("pk", flat=True)
    )


def chapters_of(house: Organisation) -> dict[str, ManualChapter]:
    """In the order of the manual."""
    rows = list(ManualChapter.objects.filter(organisation=house).select_related("parent"))
    return {one.public_id: one for one in sorted(rows, key=_place)}


def _place(one: ManualChapter) -> tuple[int, int, int, int]:
    above = one.parent or one
    return above.position, above.pk, 0 if one.parent is None else 1, one.position


def top_chapters(house: Organisation, but: ManualChapter | None = None) -> dict[str, ManualChapter]:
    rows = ManualChapter.objects.filter(organisation=house, parent=None)
    return {one.public_id: one for one in (rows.exclude(pk=but.pk) if but else rows)}


def documents_of(house: Organisation) -> dict[str, GovernedDocument]:
    return {one.public_id: one for one in GovernedDocument.objects.filter(organisation=house)}
