"""The list of client files and the search in it: lines, not whole files."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from lotse.casework.models import Client
from lotse.casework.models.scope import Sight, sight_of
from lotse.core.paging import PAGE, Page, after, page_by_key
from lotse.core.prepared import prepared
from lotse.core.search import fold, prefix_end
from lotse.core.typed import whole
from lotse.organisations.actor import Actor

# What a line shows; nothing sealed is opened for it.
SHOWN = (
    "id", "public_id", "number", "first_name", "last_name", "name_key", "birth_date", "birth_precision", "recording_on",
    "restricted_on", "site__name",
)  # fmt: skip


class Line(NamedTuple):
    id: int
    public_id: str
    number: int
    first_name: str
    last_name: str
    name_key: str
    birth_date: date | None
    birth_precision: str
    recording_on: date | None
    restricted_on: date | None
    site_name: str

    @property
    def url(self) -> str:
        return f"/akte/{self.public_id}/"


def client_list(actor: Actor, cursor: str) -> Page[Line]:
    """A page of all files the actor may see, by name."""
    sight = sight_of(actor)
    return page_by_key(lambda key, pk: _lines(_from_key(sight, key, pk)), cursor, by="name_key", first=("", 0))


def search_clients(actor: Actor, text: str, limit: int = PAGE) -> list[Line]:
    """People whose name begins with the words, in either order; a number finds the file number."""
    key = fold(text)
    if not key:
        return []
    sight = sight_of(actor)
    if (number := whole(key)) is not None:
        return _lines(_shown(sight).filter(_numbered(sight, number))[:limit])
    end = prefix_end(key)
    found = _lines(_by_name(sight, key, end))
    if len(found) < limit:
        found = list(dict.fromkeys([*found, *_lines(_by_given(sight, key, end))]))
    return found[:limit]


def _numbered(sight: Sight, number: int) -> Q:
    """Also the number of a file that has become a part of this one."""
    merged = Client.objects.filter(organisation_id=sight.organisation_id, number=number, merged_into__isnull=False)
    return Q(number=number) | Q(pk__in=merged.values("merged_into"))


def _lines(rows: Any) -> list[Line]:
    return [Line._make(row) for row in rows]


def _shown(sight: Sight) -> QuerySet[Client, Any]:
    return Client.objects.in_sight(sight).order_by("name_key", "id").values_list(*SHOWN)


@prepared
def _from_key(sight: Sight, key: str, pk: int) -> QuerySet[Client, Any]:
    return after(_shown(sight), "name_key", key, pk)[: PAGE + 1]


@prepared
def _by_name(sight: Sight, key: str, end: str) -> QuerySet[Client, Any]:
    return _shown(sight).filter(name_key__gte=key, name_key__lt=end)[:PAGE]


@prepared
def _by_given(sight: Sight, key: str, end: str) -> QuerySet[Client, Any]:
    return _shown(sight).filter(given_key__gte=key, given_key__lt=end).order_by("given_key", "id")[:PAGE]
