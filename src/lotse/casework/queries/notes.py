"""Appointments without a file that go along when work is handed over."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from lotse.casework.enums import TransferState
from lotse.casework.models import AppointmentNote, CaseloadTransfer
from lotse.casework.schedule import midnight
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person


def coming_notes() -> QuerySet[AppointmentNote]:
    """From this morning on; what is over is deleted anyway."""
    return AppointmentNote.objects.filter(takes_place_at__gte=midnight(timezone.localdate()))


def notes_to_pass_on(actor: Actor, person: Person) -> QuerySet[AppointmentNote]:
    """Her own, and those at sites that she leads; not what is offered already. Who leads learns the number only."""
    return _open_to(actor).filter(owner=person)


def number_to_pass_on(actor: Actor) -> Coalesce:
    """Beside each person: how many of hers the actor may pass on."""
    mine = _open_to(actor).filter(owner=OuterRef("pk")).order_by().values("owner")
    return Coalesce(Subquery(mine.annotate(number=Count("pk")).values("number")), 0)


def _open_to(actor: Actor) -> QuerySet[AppointmentNote]:
    hers = Q(owner_id__in=actor.file_holder_ids) | Q(site_id__in=actor.reviewed_site_ids)
    notes = coming_notes().filter(hers, organisation_id=actor.organisation_id)
    return notes.exclude(transfer__state=TransferState.OFFERED)


def notes_of(transfer: CaseloadTransfer) -> QuerySet[AppointmentNote]:
    """What of it goes along, or has gone; what was deleted since is gone."""
    is_there = transfer.state == TransferState.ACCEPTED
    return transfer.notes.filter(owner_id=transfer.to_person_id if is_there else transfer.from_person_id)
