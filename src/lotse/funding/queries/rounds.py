"""Payment rounds: what could be forwarded to whom, and what was."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, QuerySet

from lotse.core.finding import found
from lotse.funding import rules
from lotse.funding.models import ForwardingContract, Payment, PaymentRound
from lotse.funding.queries.contracts import contracts
from lotse.funding.queries.courses import Room, rooms
from lotse.funding.queries.euros import EuroSum
from lotse.funding.queries.grants import contracted
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant


class Proposal(NamedTuple):
    """`reason`: why nothing can be forwarded to this carrier."""

    carrier: Organisation
    contract: ForwardingContract | None
    room: Room
    reason: str

    @property
    def amount(self) -> Decimal:
        return self.room.payable


def proposals(actor: Actor, grant: Grant, year: int, on: date) -> list[Proposal]:
    """Of every carrier; constant number of statements."""
    mine = {row.organisation_id: row for row in contracts(actor).filter(grant=grant)}
    left = rooms(grant, year, on)
    return [_proposal(one, mine.get(one.pk), left.get(one.pk, Room()), on) for one in contracted(actor, grant)]


def _proposal(carrier: Organisation, contract: ForwardingContract | None, room: Room, on: date) -> Proposal:
    if contract is None:
        return Proposal(carrier, None, room, "Noch kein Weiterleitungsvertrag")
    if not rules.may_be_paid(contract, on):
        signed = contract.in_force_from
        told = f"Vertrag gilt erst ab {signed:%d.%m.%Y}" if signed else "Vertrag nicht von beiden unterschrieben"
        return Proposal(carrier, contract, room, told)
    return Proposal(carrier, contract, room, "" if room.payable else _why_nothing(room))


def _why_nothing(room: Room) -> str:
    return "Nichts eingegangen, was noch nicht weitergeleitet ist" if room.there <= 0 else "Vertragsbetrag ausgeschöpft"


def payment_rounds(actor: Actor, grant: Grant) -> QuerySet[PaymentRound]:
    rows = PaymentRound.objects.visible_to(actor).filter(grant=grant)
    return rows.annotate(sum=EuroSum("payments__amount"), carriers=Count("payments")).order_by("-number")


def get_round(actor: Actor, public_id: str) -> PaymentRound:
    return found(PaymentRound.objects.visible_to(actor).select_related("grant__organisation"), public_id)


def payments_of(made: PaymentRound) -> list[Payment]:
    return list(made.payments.select_related("organisation", "contract").order_by("organisation__name", "id"))
