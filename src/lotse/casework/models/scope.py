"""Who may see and who may count the rows of a client file. One place, because everything depends on it."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models.memberships import in_force_sql


def _file_is_open_to(actor: Actor, client: str, day: date) -> Q:
    """Need to know: the responsible counsellor and who stands in for her, the technical lead of the site, and those
    to whom the file was assigned with a second person's confirmation. `client` is the path to the client, "" or "client__".
    """
    open_to = _one_of(f"{client}responsible_id", actor.file_holder_ids)
    if actor.reviewed_site_ids:
        open_to |= _one_of(f"{client}site_id", actor.reviewed_site_ids)
    if assigned := actor.know("assigned clients", lambda: assigned_clients(actor, day)):
        open_to |= _one_of(f"{client}id", assigned)
    return open_to


def _one_of(column: str, ids: Collection[int]) -> Q:
    """With one id an equality: both engines then read an index in order, whatever the number of rows."""
    return Q(**{column: next(iter(ids))}) if len(ids) == 1 else Q(**{f"{column}__in": ids})


_ASSIGNED = f"SELECT a.client_id FROM casework_fileassignment a WHERE a.person_id = %s AND {in_force_sql('a')}"  # noqa: S608


def assigned_clients(actor: Actor, day: date) -> list[int]:
    """Ids of the clients whose file was assigned to the actor and confirmed by a second person.

    Asked beforehand and by hand: as a part of every query it kept both engines from the index of the own files.
    """
    if not actor.may(Permission.COUNSEL):
        return []
    on = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(_ASSIGNED, [actor.person_id, on, on])
        return [row[0] for row in cursor.fetchall()]


class FileQuerySet(models.QuerySet):
    """For models with `organisation`, that are a client or point to one by `client`."""

    client_path = "client__"

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(
            _file_is_open_to(actor, self.client_path, timezone.localdate()), organisation_id=actor.organisation_id
        )

    def countable_for(self, actor: Actor) -> Self:
        """For facts only: rows whose number the actor may learn, never the rows."""
        if not actor.may(Permission.COUNT_CLIENTS):
            return self.none()
        return self.filter(organisation_id__in=actor.counted_organisation_ids)


class ClientQuerySet(FileQuerySet):
    client_path = ""
