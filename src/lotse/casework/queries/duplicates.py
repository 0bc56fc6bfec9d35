"""Files that may belong to the same person: found by indexed keys, compared within small groups, never all with all."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, groupby
from operator import attrgetter
from typing import Any

from django.db.models import Count, Q, QuerySet

from lotse.casework.enums import PairKind, Precision
from lotse.casework.models import Client, PairDecision
from lotse.casework.models.scope import Sight, sight_of
from lotse.core.prepared import prepared
from lotse.organisations.actor import Actor

PAGE = 20
GROUPS_AT_ONCE = 100
LARGEST_GROUP = 12  # more with one number share a house, not a person
KEYS = {"name": "twin_key", "telefon": "phone_key"}
SHOWN = (
    "public_id", "number", "first_name", "last_name", "name_key", "twin_key", "phone_key", "birth_date", "birth_precision",
    "organisation", "site__name", "responsible__first_name", "responsible__last_name",
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """The older file first. `is_linked`: somebody has said that they probably belong together."""

    first: Client
    second: Client
    reasons: tuple[str, ...]
    is_linked: bool = False

    @property
    def files(self) -> tuple[Client, Client]:
        return self.first, self.second


@dataclass(frozen=True)
class Candidates:
    pairs: list[Pair]
    next_key: str


def candidates(actor: Actor, by: str = "name", after: str = "") -> Candidates:
    """Pairs of files the actor may see on both sides, in the order of the key; pairs known to be different are left out."""
    pairs: list[Pair] = []
    while len(pairs) < PAGE:
        keys = _shared_keys(actor, KEYS[by], after)
        files = _with_keys(actor, KEYS[by], keys)
        decided = _decided(files)
        for key, group in groupby(files, key=attrgetter(KEYS[by])):
            pairs += _pairs(list(group), decided)
            if len(pairs) >= PAGE:
                return Candidates(pairs, key)
        if len(keys) < GROUPS_AT_ONCE:
            break
        after = keys[-1]
    return Candidates(pairs, "")


def candidates_of(actor: Actor, client: Client) -> list[Pair]:
    """Who may be the same person as this one."""
    alike = Q(twin_key=client.twin_key) | Q(phone_key=client.phone_key) & ~Q(phone_key="")
    others = _shown(Client.objects.visible_to(actor).filter(alike)).exclude(pk=client.pk)[:LARGEST_GROUP]
    group = sorted([client, *others], key=lambda c: c.pk)
    return [pair for pair in _pairs(group, _decided(group)) if client in (pair.first, pair.second)]


def _shared_keys(actor: Actor, column: str, after: str) -> list[str]:
    """Keys that several files have, the next hundred."""
    files = Client.objects.visible_to(actor).filter(**{f"{column}__gt": after}).order_by(column).values(column)
    shared = files.annotate(count=Count("pk")).filter(count__gt=1, count__lte=LARGEST_GROUP)
    return list(shared.values_list(column, flat=True)[:GROUPS_AT_ONCE])


def _with_keys(actor: Actor, column: str, keys: list[str]) -> list[Client]:
    files = Client.objects.visible_to(actor).filter(**{f"{column}__in": keys})
    return list(_shown(files).order_by(column, "pk"))


def _shown(files: QuerySet[Client]) -> QuerySet[Client]:
    return files.select_related("site", "responsible").only(*SHOWN)


def _pairs(group: list[Client], decided: dict[tuple[int, int], str]) -> Iterable[Pair]:
    for first, second in combinations(group, 2):
        kind = decided.get((first.pk, second.pk))
        why = reasons(first, second)
        if why and kind != PairKind.DIFFERENT:
            yield Pair(first, second, why, kind == PairKind.LINKED)


def _decided(files: list[Client]) -> dict[tuple[int, int], str]:
    rows = PairDecision.objects.filter(first__in=files, second__in=files, ended_on=None)
    return {(row.first_id, row.second_id): row.kind for row in rows}


def reasons(a: Client, b: Client) -> tuple[str, ...]:
    """Why two files may belong to one person; nothing where the birth dates speak against it."""
    birth = _birth(a, b)
    if not birth:
        return ()
    found = []
    if a.name_key == b.name_key:
        found.append("gleicher Name")
    elif a.twin_key == b.twin_key:
        found.append("Vor- und Nachname vertauscht")
    if a.phone_key and a.phone_key == b.phone_key:
        found.append("gleiche Telefonnummer")
    return (*found, birth) if found else ()


def _birth(a: Client, b: Client) -> str:
    """What the birth dates say for it; empty when they say no."""
    if a.birth_date is None or b.birth_date is None:
        return "Geburtsdatum fehlt"
    if a.birth_date == b.birth_date:
        return "gleiches Geburtsdatum"
    if a.birth_date.year != b.birth_date.year:
        return ""
    if Precision.DAY not in (a.birth_precision, b.birth_precision) or _is_vague(a) or _is_vague(b):
        return "gleiches Geburtsjahr"
    swapped = (a.birth_date.day, a.birth_date.month) == (b.birth_date.month, b.birth_date.day)
    return "Tag und Monat der Geburt vertauscht" if swapped else ""


def _is_vague(client: Client) -> bool:
    """Only the year is known, or the first of January stands for it, as in many papers."""
    known = client.birth_date
    return client.birth_precision != Precision.DAY or bool(known and (known.day, known.month) == (1, 1))


# --- decisions ---------------------------------------------------------------------------------------------------
def decisions(actor: Actor, kind: PairKind) -> QuerySet[PairDecision]:
    """In force, and both files still open to the actor."""
    files = Client.objects.visible_to(actor).values("pk")
    rows = PairDecision.objects.filter(kind=kind, ended_on=None, first__in=files, second__in=files)
    return rows.select_related("first", "second")


def linked_files(actor: Actor, client: Client) -> list[Client]:
    """Who was linked with this file, or with one that has become a part of it."""
    rows = _links(client.pk)
    others = {now or pk for a_now, a, b_now, b in rows for now, pk in ((a_now, a), (b_now, b))} - {client.pk}
    return _named(sight_of(actor), tuple(sorted(others))) if others else []


@prepared
def _named(sight: Sight, pks: tuple[int, ...]) -> QuerySet[Client]:
    return Client.objects.in_sight(sight).filter(pk__in=pks).only("public_id", "first_name", "last_name", "number")


@prepared
def _links(client_id: int) -> QuerySet[PairDecision, Any]:
    """Each side by its own index; asked for both at once, the engines would walk through all files."""
    mine = Client.objects.order_by().filter(Q(pk=client_id) | Q(merged_into=client_id)).values("pk")
    pairs = PairDecision.objects.order_by().values("pk")
    found = pairs.filter(first__in=mine).union(pairs.filter(second__in=mine))
    rows = PairDecision.objects.order_by().filter(pk__in=found, kind=PairKind.LINKED, ended_on=None)
    return rows.values_list("first__merged_into", "first", "second__merged_into", "second")
