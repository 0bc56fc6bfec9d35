"""The lists in an organisation's own words: one statement for all of them, remembered while one request is answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from lotse.catalogues.entries import Catalogue
from lotse.catalogues.loader import catalogue
from lotse.catalogues.models import CatalogueOverride
from lotse.catalogues.overrides import merged
from lotse.core.prepared import prepared
from lotse.organisations.actor import Actor

# Lists whose groups are keys of another list; elsewhere a group is its own word.
GROUP_WORDS = {"goal": "goal_area", "access_route_detail": "access_route"}


@prepared
def _overrides(organisation_id: int | None) -> QuerySet[CatalogueOverride]:
    return CatalogueOverride.objects.filter(organisation_id=organisation_id)


class OwnLists:
    """All lists as one organisation uses them; official lists ask the database nothing."""

    def __init__(self, organisation_id: int | None) -> None:
        self.organisation_id = organisation_id
        self.today: dict[str, Catalogue] = {}

    @cached_property
    def changes(self) -> dict[str, list[CatalogueOverride]]:
        found: dict[str, list[CatalogueOverride]] = {}
        for row in _overrides(self.organisation_id):
            found.setdefault(row.catalogue, []).append(row)
        return found

    def get(self, name: str, on: date | None = None) -> Catalogue:
        proposed = catalogue(name, on)
        if not proposed.is_default or self.organisation_id is None:
            return proposed
        changes = self.changes.get(name)
        return merged(proposed, changes) if changes else proposed

    def label(self, name: str, key: str) -> str:
        if not key:
            return ""
        if name not in self.today:
            self.today[name] = self.get(name)
        return self.today[name].label(key)

    def group_label(self, name: str, group: str) -> str:
        return self.label(GROUP_WORDS[name], group) if name in GROUP_WORDS else group


@dataclass(frozen=True)
class _Desk:
    """Where one request is answered: by whom, and which lists were fetched for it."""

    actor: Actor | None
    fetched: dict[int, OwnLists] = field(default_factory=dict)


_desk: ContextVar[_Desk | None] = ContextVar("desk", default=None)


@contextmanager
def desk_of(actor: Actor | None) -> Iterator[None]:
    token = _desk.set(_Desk(actor))
    try:
        yield
    finally:
        _desk.reset(token)


def lists_of(organisation_id: int | None) -> OwnLists:
    desk = _desk.get()
    if desk is None or organisation_id is None:
        return OwnLists(organisation_id)
    if organisation_id not in desk.fetched:
        desk.fetched[organisation_id] = OwnLists(organisation_id)
    return desk.fetched[organisation_id]


def lists_at_desk() -> OwnLists:
    """The lists of whoever is being answered, for templates; as proposed where nobody is."""
    desk = _desk.get()
    return lists_of(desk.actor.organisation_id if desk and desk.actor else None)


def forget(organisation_id: int) -> None:
    """After a change within the same request."""
    if desk := _desk.get():
        desk.fetched.pop(organisation_id, None)
