"""Who may see and who may count the rows of a client file. One place, because everything depends on it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple, Self

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models.memberships import in_force_sql


class Sight(NamedTuple):
    """What of an actor decides which files she sees, as plain values that a prepared statement takes (core.prepared).

    The assigned files are known by their ids, or looked for in the statement itself: as `assignee`, the person, the day and the moment.
    """

    organisation_id: int
    holders: tuple[int, ...]
    sites: tuple[int, ...]
    assigned: tuple[int, ...] = ()
    assignee: tuple[int, date, datetime] | None = None


def sight_of(actor: Actor) -> Sight:
    """For many rows."""
    assigned = actor.know("assigned clients", lambda: assigned_clients(actor, timezone.localdate()))
    return _sight(actor, assigned=tuple(assigned))


def sight_of_one(actor: Actor) -> Sight:
    """For a single row, found by its id: the assignments cost no statement of their own."""
    counsels = actor.may(Permission.COUNSEL)
    return _sight(actor, assignee=(actor.person_id, timezone.localdate(), timezone.now()) if counsels else None)


def _sight(actor: Actor, **assignments: Any) -> Sight:
    return Sight(
        actor.organisation_id,
        tuple(sorted(actor.file_holder_ids)),
        tuple(sorted(actor.reviewed_site_ids)),
        **assignments,
    )


def _file_is_open(sight: Sight, client: str) -> Q:
    """Need to know: the responsible counsellor and who stands in for her, the technical lead of the site, and those
    to whom the file was assigned with a second person's confirmation. `client` is the path to the client, "" or "client__".
    """
    open_to = _one_of(f"{client}responsible_id", sight.holders)
    if sight.sites:
        open_to |= _one_of(f"{client}site_id", sight.sites)
    if sight.assigned:
        open_to |= _one_of(f"{client}id", sight.assigned)
    if sight.assignee:
        open_to |= Q(**{f"{client}id__in": _assignments(*sight.assignee)})
    return open_to


def _one_of(column: str, ids: Collection[int]) -> Q:
    """With one id an equality: both engines then read an index in order, whatever the number of rows."""
    return Q(**{column: next(iter(ids))}) if len(ids) == 1 else Q(**{f"{column}__in": ids})


def _assignments(person_id: int, day: date, now: datetime) -> models.QuerySet:
    assignments: Any = apps.get_model("casework", "FileAssignment")
    mine = assignments.objects.in_force(day).filter(person_id=person_id)
    return mine.filter(Q(opens_until=None) | Q(opens_until__gt=now)).values("client_id")


_ASSIGNED = (
    f"SELECT a.client_id FROM casework_fileassignment a WHERE a.person_id = %s AND {in_force_sql('a')}"  # noqa: S608
    " AND (a.opens_until IS NULL OR a.opens_until > %s)"
)


def assigned_clients(actor: Actor, day: date) -> list[int]:
    """Ids of the clients whose file was assigned to the actor and confirmed by a second person.

    Asked beforehand and by hand: as a part of every query it kept both engines from the index of the own files.
    """
    if not actor.may(Permission.COUNSEL):
        return []
    on, now = connection.ops.adapt_datefield_value(day), connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_ASSIGNED, [actor.person_id, on, on, now])
        return [row[0] for row in cursor.fetchall()]


def countable(actor: Actor, path: str = "") -> Q:
    """For facts only. `path` leads to what belongs to an organisation."""
    organisations = actor.counted_organisation_ids if actor.may(Permission.COUNT_CLIENTS) else ()
    return Q(**{f"{path}organisation_id__in": organisations})


def open_file(actor: Actor, client: str) -> Q:
    """For rows of many files at once: a condition on the client at the path, where `in_sight` would look for each one."""
    sight = sight_of(actor)
    is_hers = Q(**{f"{client}__organisation_id": sight.organisation_id, f"{client}__merged_into": None})
    return _file_is_open(sight, f"{client}__") & is_hers


def left_file(actor: Actor, client: str) -> Q:
    """What `left_behind` finds, as a condition on the client at the path."""
    hers = Q(responsible_id__in=actor.file_holder_ids) | Q(site_id__in=actor.reviewed_site_ids)
    cases: Any = apps.get_model("casework", "CounsellingCase")._base_manager
    erased = Q(**{f"{client}__organisation_id": actor.organisation_id, f"{client}__erased_month__isnull": False})
    return erased & Exists(cases.filter(hers, client_id=OuterRef(f"{client}_id")))


class FileQuerySet(models.QuerySet):
    """For models with `organisation`, that are a client or point to one by `client`."""

    client_path = "client__"
    counted = Q()  # what else must hold for a row to count

    def visible_to(self, actor: Actor, *, one: bool = False) -> Self:
        """`one` where a single row is looked up by its id."""
        return self.in_sight(sight_of_one(actor) if one else sight_of(actor))

    def in_sight(self, sight: Sight) -> Self:
        return self.filter(_file_is_open(sight, self.client_path), organisation_id=sight.organisation_id)

    def countable_for(self, actor: Actor) -> Self:
        """For facts only: rows whose number the actor may learn, never the rows."""
        return self.filter(self.counted, countable(actor))


class ClientQuerySet(FileQuerySet):
    """A file that was merged into another one is neither read nor counted by itself any more."""

    client_path = ""
    counted = Q(merged_into=None)

    def in_sight(self, sight: Sight) -> Self:
        return super().in_sight(sight).filter(merged_into=None)

    def left_behind(self, actor: Actor) -> Self:
        """Nameless rows of erased files whose cases were hers or of a site that she reviews: counted, never opened."""
        hers = Q(cases__responsible_id__in=actor.file_holder_ids) | Q(cases__site_id__in=actor.reviewed_site_ids)
        return self.filter(hers, organisation_id=actor.organisation_id, erased_month__isnull=False)
