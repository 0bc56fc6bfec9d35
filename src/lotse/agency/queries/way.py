"""How far a document is: its comments, its steps and versions, and what changed between two of them."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument, DocumentComment, DocumentStep, ReleasedDocument
from lotse.agency.queries.content import Content, content_of, lines
from lotse.agency.queries.papers import documents
from lotse.agency.queries.places import place_of
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches


def comments_of(actor: Actor, document: AgencyDocument) -> list[DocumentComment]:
    rows = DocumentComment.objects.visible_to(actor).filter(document=document)
    return list(rows.select_related("by", "resolved_by"))


def by_place(comments: list[DocumentComment]) -> dict[str, list[DocumentComment]]:
    places = defaultdict(list)
    for comment in comments:
        places[comment.place].append(comment)
    return dict(places)


def remarks_on(actor: Actor, document: AgencyDocument, rows: Iterable[Any]) -> list[DocumentComment]:
    """What still stands about these passages."""
    places = {place_of(row) for row in rows}
    return [one for one in comments_of(actor, document) if one.place in places and one.resolved_at is None]


def get_comment(actor: Actor, public_id: str) -> DocumentComment:
    return found(DocumentComment.objects.visible_to(actor).select_related("document__agency"), public_id)


def versions_of(actor: Actor, document: AgencyDocument) -> QuerySet[AgencyDocument]:
    same = documents(actor).filter(agency_id=document.agency_id, kind=document.kind, funding_year=document.funding_year)
    return same.order_by("-version")


def steps_of(actor: Actor, document: AgencyDocument) -> QuerySet[DocumentStep]:
    """Of all versions, the newest first."""
    rows = DocumentStep.objects.visible_to(actor).filter(document__in=versions_of(actor, document))
    return rows.select_related("by", "document").order_by("-id")


def last_word(actor: Actor, document: AgencyDocument) -> DocumentStep | None:
    """Why it came back, as long as it is written on."""
    came_back = document.state == DocumentState.RETURNED or document.version > 1
    return steps_of(actor, document).exclude(note="").first() if document.is_writable and came_back else None


def released_of(actor: Actor, document: AgencyDocument) -> ReleasedDocument | None:
    rows = ReleasedDocument.objects.visible_to(actor).filter(document=document)
    return rows.select_related("evidence__file", "by").first()


@dataclass(frozen=True)
class Change:
    place: str
    before: str
    after: str


def changes(before: Content, after: Content) -> list[Change]:
    """Place by place; a place that stands twice is told apart by its number."""
    old, new = _placed(before), _placed(after)
    places = [*new, *(place for place in old if place not in new)]
    return [Change(p[0], old.get(p, ""), new.get(p, "")) for p in places if old.get(p, "") != new.get(p, "")]


def _placed(content: Content) -> dict[tuple[str, int], str]:
    seen: dict[str, int] = defaultdict(int)
    placed = {}
    for place, words in lines(content):
        placed[place, seen[place]] = words
        seen[place] += 1
    return placed


@dataclass(frozen=True)
class Comparison:
    step: DocumentStep
    changes: list[Change]


def since_last_time(actor: Actor, document: AgencyDocument) -> Comparison | None:
    """What is different from what was handed in before; None where this is the first time."""
    kept = list(steps_of(actor, document).exclude(content="")[:2])
    if document.is_writable and kept:
        return Comparison(kept[0], changes(json.loads(kept[0].content), content_of(document)))
    if len(kept) == 2:
        return Comparison(kept[1], changes(json.loads(kept[1].content), json.loads(kept[0].content)))
    return None


def waiting(actor: Actor) -> QuerySet[AgencyDocument]:
    """What she could release, by kind and agency: one pile of work."""
    rows = documents(actor).filter(in_branches(actor.released_paths, "agency"), state=DocumentState.READY)
    return rows.exclude(responsible_id=actor.person_id).order_by("kind", "-funding_year", "agency__name", "id")


def next_waiting(actor: Actor, document: AgencyDocument) -> AgencyDocument | None:
    """After this one on the pile, or from its beginning."""
    rows = sorted((one for one in waiting(actor) if one.pk != document.pk), key=_key)
    key = _key(document)
    return next((one for one in rows if _key(one) > key), rows[0] if rows else None)


def _key(document: AgencyDocument) -> tuple[str, int, str, int]:
    return (DocumentKind(document.kind).value, -document.funding_year, document.agency.name, document.pk)
