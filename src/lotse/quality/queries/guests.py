"""Guests of a procedure, as the house sees them: who was invited, and what they have looked at."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from lotse.accounts.models import User
from lotse.accounts.tokens import hash_of
from lotse.auditlog.models import Event
from lotse.auditlog.queries import history
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.quality.enums import Side
from lotse.quality.models import Certification, GuestAccess, Participant

WITH = ("participant", "user", "certification__organisation", "certification__framework")


def is_guest(user: Any) -> bool:
    """Whether this login was ever let into a procedure; one whose procedures are over opens nothing at all."""
    seats = Participant.objects.filter(Q(access__user=user) | Q(person__user=user))
    return seats.exclude(side=Side.ORGANISATION).exists()


def access_behind(token: str) -> GuestAccess | None:
    """None for whatever does not open: never sent, used, revoked, run out."""
    row = GuestAccess.objects.filter(token_hash=hash_of(token)).select_related(*WITH).first() if token else None
    return row if row and row.link_opens_at(timezone.now()) else None


def account_of(access: GuestAccess) -> User | None:
    """Whether the address has a login is told to nobody but who holds its mail."""
    return User.objects.filter(email=access.email).first()


def get_certification(actor: Actor, certification_id: str) -> Certification:
    rows = Certification.objects.visible_to(actor).select_related("organisation", "framework")
    return found(rows, certification_id)


def guests_of(actor: Actor, certification: Certification) -> list[Participant]:
    """With an access or without."""
    rows = Participant.objects.visible_to(actor).filter(certification=certification, person=None)
    return list(rows.select_related("access").order_by("side", "id"))


def get_guest(actor: Actor, guest_access_id: str) -> GuestAccess:
    return found(GuestAccess.objects.visible_to(actor).select_related(*WITH), guest_access_id)


def looks(actor: Actor, certification: Certification, after: int | None) -> QuerySet[Event]:
    """What assessors and board have opened and taken along, newest first; the house's own people do not stand here."""
    seats = (
        Participant.objects.visible_to(actor)
        .filter(certification=certification)
        .select_related("person", "access__user")
    )
    events = history(certification.public_id, changes=False, after=after)
    return events.filter(actor_ref__in=_refs(seats))


def _refs(seats: Iterable[Participant]) -> list[str]:
    refs = []
    for seat in seats:
        access = getattr(seat, "access", None)
        if seat.person:
            refs.append(seat.person.public_id)
        elif access and access.user:
            refs.append(access.user.public_id)
    return refs
