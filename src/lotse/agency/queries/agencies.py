"""The agencies somebody works in or oversees."""

from datetime import date

from django.db.models import QuerySet

from lotse.agency import rules
from lotse.agency.models.scope import agencies_seen_by
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import in_branches


def agencies(actor: Actor, day: date | None = None) -> QuerySet[Organisation]:
    """By name; on a day only those that exist then."""
    seen = agencies_seen_by(actor).select_related("parent").order_by("name", "id")
    return seen if day is None else seen.exclude(valid_to__lt=day).exclude(valid_from__gt=day)


def own_agencies(actor: Actor) -> list[Organisation]:
    """Where she writes; one statement per request."""
    mine = agencies(actor).filter(in_branches(actor.agency_paths))
    return actor.know("own_agencies", lambda: list(mine) if actor.agency_paths else [])


def get_agency(actor: Actor, public_id: str) -> Organisation:
    return found(agencies(actor), public_id)


def carrier_of(agency: Organisation) -> int:
    """The carrier in whose log the work of an agency stands: the next one above."""
    return agency.parent_id or agency.pk


def works_alone(actor: Actor) -> Organisation | None:
    """The one agency of who works in just one, so that she is never asked which."""
    mine = own_agencies(actor)
    return mine[0] if len(mine) == 1 and rules.works_in(actor, mine[0]) else None
