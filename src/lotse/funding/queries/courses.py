"""How a balance went, day by day: what nobody may take out again although it is there today."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import accumulate, groupby
from operator import itemgetter

from lotse.funding.enums import PaymentKind
from lotse.funding.models import CallShare, ForwardingContract

NOTHING = Decimal(0)
Movement = tuple[date, Decimal]


def left_to_forward(contract: ForwardingContract, year: int, on: date) -> Decimal:
    """Of what came for this carrier and funding year: the least that is there on the day or on any later one."""
    shares = CallShare.objects.filter(
        carrier=contract.organisation_id,
        call__grant=contract.grant_id,
        call__funding_year=year,
        call__received_on__isnull=False,
    )
    came = shares.order_by().values_list("call__received_on", "amount")
    return lowest_from([*came, *((day, -amount) for day, amount in _paid(contract, year))], on)


def left_to_repay(contract: ForwardingContract, year: int, on: date) -> Decimal:
    """A carrier gives back no more than it got, by that day."""
    return lowest_from(_paid(contract, year), on)


def left_of_contract(contract: ForwardingContract, year: int, on: date) -> Decimal:
    """What the contract still allows for the year; what was repaid may be forwarded again, from that day on."""
    agreed = contract.years.filter(funding_year=year).values_list("amount", flat=True).first() or NOTHING
    return lowest_from([(date.min, agreed), *((day, -amount) for day, amount in _paid(contract, year))], on)


def lowest_from(movements: Iterable[Movement], on: date) -> Decimal:
    """The lowest balance at the end of `on` and of every later day."""
    ordered = sorted(movements, key=itemgetter(0))
    until = sum((amount for day, amount in ordered if day <= on), NOTHING)
    later = [
        sum((amount for _day, amount in of_day), NOTHING)
        for day, of_day in groupby(ordered, key=itemgetter(0))
        if day > on
    ]
    return min(accumulate(later, initial=until))


def _paid(contract: ForwardingContract, year: int) -> list[Movement]:
    """What went to the carrier, and negative what came back."""
    rows = contract.payments.filter(funding_year=year).order_by().values_list("paid_on", "kind", "amount")
    return [(day, amount if kind == PaymentKind.FORWARDING else -amount) for day, kind, amount in rows]
