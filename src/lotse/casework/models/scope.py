"""Who may see and who may count the rows of a client file. One place, because everything depends on it."""

from datetime import date
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission


def _file_is_open_to(actor: Actor, client: str, day: date) -> Q:
    """Need to know: the responsible counsellor and who stands in for her, the technical lead of the site, and those
    to whom the file was assigned with a second person's confirmation. `client` is the path to the client, "" or "client__".
    """
    open_to = Q(**{f"{client}responsible_id__in": actor.file_holder_ids})
    if actor.reviewed_site_ids:
        open_to |= Q(**{f"{client}site_id__in": actor.reviewed_site_ids})
    if actor.may(Permission.COUNSEL):
        open_to |= Q(**{f"{client}id__in": assigned_clients(actor, day)})
    return open_to


def assigned_clients(actor: Actor, day: date) -> models.QuerySet:
    """Ids of the clients whose file was assigned to the actor and confirmed by a second person."""
    assignments = apps.get_model("casework", "FileAssignment").objects
    return assignments.in_force(day).filter(person_id=actor.person_id).values("client_id")


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
