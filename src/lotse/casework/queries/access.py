"""Who else has access to a file, and what waits for a second person."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from lotse.casework.enums import HandoverState
from lotse.casework.models import Client, FileAssignment, Handover
from lotse.core.finding import found
from lotse.core.paging import Page, keyset
from lotse.core.prepared import prepared
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Person
from lotse.organisations.roles import ROLES

COUNSELLING_ROLES = [role.key for role in ROLES.values() if Permission.COUNSEL in role.permissions]

HANDOVERS_SHOWN = 8  # on "Heute"


def possible_receivers(client: Client, today: date) -> list[Person]:
    """Everybody at work in the house who counsels, but whoever is responsible already."""
    counselling = Membership.objects.in_force(today).filter(role__in=COUNSELLING_ROLES).values("person_id")
    people = Person.objects.filter(organisation_id=client.organisation_id, left_on=None, pk__in=counselling)
    return list(people.exclude(pk=client.responsible_id))


def open_assignments(client: Client, today: date) -> list[FileAssignment]:
    """To whom the file is open besides whoever is responsible, and who waits for it."""
    rows = client.assignments.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return list(rows.select_related("person"))


def get_assignment(client: Client, public_id: str) -> FileAssignment:
    return found(client.assignments.select_related("client"), public_id)


def offered_handover(client: Client) -> Handover | None:
    return client.handovers.filter(state=HandoverState.OFFERED).select_related("to_person").first()


def waiting_handovers(actor: Actor) -> list[Handover]:
    """Those that have waited longest; `handovers_page` has them all."""
    return list(_waiting(actor).order_by("id")[:HANDOVERS_SHOWN])


def handovers_page(actor: Actor, cursor: str) -> Page[Handover]:
    return keyset(_waiting(actor), cursor, by="id")


def _waiting(actor: Actor) -> QuerySet[Handover]:
    people = (f"{who}__{name}" for who in ("from_person", "to_person") for name in ("first_name", "last_name"))
    named = Handover.objects.waiting_for(actor).select_related("client", "from_person", "to_person")
    return named.only("public_id", "reason", "offered_on", "client__number", *people)


def get_handover(actor: Actor, public_id: str) -> Handover:
    offered = Handover.objects.waiting_for(actor)
    return found(offered.select_related("client", "from_person", "to_person", "to_programme"), public_id)


WHOLE_HANDOVER = ("client__site", "from_person", "to_person", "decided_by", "to_programme", "protocol")


def handovers_of(client: Client) -> list[Handover]:
    """What was offered or accepted, newest first; what came to nothing stands in the history."""
    told = client.handovers.filter(state__in=(HandoverState.OFFERED, HandoverState.ACCEPTED))
    return list(told.select_related("from_person", "to_person"))


def get_handover_of(client: Client, public_id: str) -> Handover:
    return found(client.handovers.select_related(*WHOLE_HANDOVER), public_id)


def decided_handover(public_id: str) -> Handover:
    """For whoever has just decided; she may not see the file itself."""
    return Handover.objects.select_related(*WHOLE_HANDOVER).get(public_id=public_id)


def my_emergencies(actor: Actor) -> list[FileAssignment]:
    """What she has asked for and may still use, or is still waiting for."""
    return _my_emergencies(actor.person_id, timezone.localdate(), timezone.now())


@prepared
def _my_emergencies(person_id: int, day: date, now: datetime) -> QuerySet[FileAssignment]:
    mine = FileAssignment.objects.filter(person_id=person_id, is_emergency=True, valid_to__gte=day)
    return mine.filter(Q(opens_until=None) | Q(opens_until__gt=now)).select_related("client")
