"""Drafts: what is typed and not yet saved, on the server, sealed, per person, form and object."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from lotse.core.models import Draft
from lotse.core.prepared import prepared

# What a form posts besides what was typed.
NOT_TYPED = (
    "csrfmiddlewaretoken",
    "acknowledged",
    "compare",
    "other_version",
    "draft_form",
    "draft_object",
    "draft_revision",
    "draft_label",
    "draft_url",
)


class DraftConflict(Exception):
    """The same draft was changed in another tab; the caller shows both."""

    def __init__(self, stored: Draft) -> None:
        super().__init__("draft changed elsewhere")
        self.stored = stored


def _key(actor: Any, form_key: str, object_ref: str) -> dict[str, str]:
    return {"owner_ref": actor.ref, "form_key": form_key, "object_ref": object_ref}


def load(actor: Any, form_key: str, object_ref: str = "") -> Draft | None:
    return next(iter(_draft(actor.ref, form_key, object_ref)), None)


@prepared
def _draft(owner_ref: str, form_key: str, object_ref: str) -> QuerySet[Draft]:
    return Draft.objects.filter(owner_ref=owner_ref, form_key=form_key, object_ref=object_ref).order_by()


def typed(draft: Draft | None) -> dict[str, list[str]]:
    """Field name → the texts typed into it."""
    return json.loads(draft.content) if draft and draft.content else {}


@transaction.atomic
def save(
    actor: Any,
    form_key: str,
    object_ref: str,
    data: Mapping[str, list[str]],
    *,
    revision: int | None,
    label: str,
    url: str,
) -> Draft:
    """Keep what was typed. `revision` is what the tab last saw; a newer one raises `DraftConflict`."""
    draft = Draft.objects.select_for_update().filter(**_key(actor, form_key, object_ref)).first()
    if draft and draft.revision != revision:
        raise DraftConflict(draft)
    draft = draft or Draft(organisation_id=actor.organisation_id, revision=0, **_key(actor, form_key, object_ref))
    content = {name: texts for name, texts in data.items() if _is_typed(name) and any(texts)}
    draft.content = json.dumps(content, ensure_ascii=False)
    draft.label, draft.url = label[:120], url[:300]
    draft.revision += 1
    draft.updated_at = timezone.now()
    draft.save()
    return draft


def _is_typed(name: str) -> bool:
    return name not in NOT_TYPED and not name.startswith("choose-")


def discard(actor: Any, form_key: str, object_ref: str = "") -> None:
    Draft.objects.filter(**_key(actor, form_key, object_ref)).delete()


# Of the form that is being carried out: its draft goes in the transaction of the action that saves what it holds.
_obsolete: ContextVar[list[dict[str, str]] | None] = ContextVar("obsolete_drafts", default=None)


@contextmanager
def saved_by_action(actor: Any, form_key: str, object_ref: str) -> Iterator[None]:
    token = _obsolete.set([_key(actor, form_key, object_ref)] if form_key else [])
    try:
        yield
    finally:
        _obsolete.reset(token)


def discard_saved() -> None:
    """The door calls this when an action is done."""
    obsolete = _obsolete.get()
    while obsolete:
        Draft.objects.filter(**obsolete.pop()).delete()


def mine(actor: Any) -> list[Draft]:
    return _latest(actor.ref)


@prepared
def _latest(owner_ref: str) -> QuerySet[Draft]:
    return Draft.objects.filter(owner_ref=owner_ref).defer("content")[:10]


def forget(organisation_id: int, object_refs: Collection[str], file_ref: str, name: str) -> int:
    """Inside an action: what anybody has typed about somebody whose file is erased."""
    return about(organisation_id, object_refs, file_ref, name).delete()[0]


def about(organisation_id: int, object_refs: Collection[str], file_ref: str, name: str) -> QuerySet[Draft]:
    """Drafts on the pages of a file, or with the person's name on them."""
    mine = Q(object_ref__in=object_refs) | Q(url__contains=file_ref) | Q(label__contains=name)
    return Draft.objects.filter(mine, organisation_id=organisation_id).order_by("pk")
