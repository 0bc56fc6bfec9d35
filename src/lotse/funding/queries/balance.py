"""Where the money of a grant is on a day: with its receiver and with each carrier, as sums of what moved it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, F, Q, QuerySet, When

from lotse.funding.enums import EntryKind, PaymentKind
from lotse.funding.models import CallShare, LedgerEntry, Payment
from lotse.funding.queries.euros import EuroSum
from lotse.programmes.models import Grant

NOTHING = Decimal(0)
# What a ledger entry counts: an entry that takes another back, the other way round.
BOOKED = Case(When(reverses=None, then=F("amount")), default=-F("amount"))


@dataclass(frozen=True)
class CarrierBalance:
    """In euro. `received`: what the receiver of the grant got for this carrier from the funder.

    `kept`: as much of it as is for agencies of the receiver itself; that needs no payment to be with the carrier.
    """

    received: Decimal = NOTHING
    kept: Decimal = NOTHING
    forwarded: Decimal = NOTHING
    repaid: Decimal = NOTHING
    own_share: Decimal = NOTHING
    income: Decimal = NOTHING
    spent: Decimal = NOTHING

    @property
    def with_receiver(self) -> Decimal:
        return self.received - self.kept - self.forwarded + self.repaid

    @property
    def with_carrier(self) -> Decimal:
        return self.kept + self.forwarded - self.repaid + self.own_share + self.income - self.spent


def balances(grant: Grant, on: date, year: int | None = None) -> dict[int, CarrierBalance]:
    """By id of the carrier, of one funding year or of all; three statements, however many carriers."""
    came = _sums(_until(CallShare.objects.filter(call__grant=grant), "call__received_on", on, "call__", year))
    paid = _by_kind(_until(Payment.objects.filter(contract__grant=grant), "paid_on", on, "", year), "amount")
    booked = _by_kind(_until(LedgerEntry.objects.filter(grant=grant), "on", on, "", year), BOOKED)
    carriers = {*came, *(key[0] for key in (*paid, *booked))}
    own = came.get(grant.organisation_id, NOTHING)
    return {
        carrier: _balance(carrier, came, own if carrier == grant.organisation_id else NOTHING, paid, booked)
        for carrier in carriers
    }


def _until(rows: QuerySet, day: str, on: date, way: str, year: int | None) -> QuerySet:
    inside = Q(**{f"{day}__lte": on})
    return rows.filter(inside & Q(**{f"{way}funding_year": year}) if year else inside)


def _sums(rows: QuerySet) -> dict[int, Decimal]:
    summed = rows.order_by().values_list("carrier").annotate(sum=EuroSum("amount"))
    return dict(summed)


def _by_kind(rows: QuerySet, amount: str | Case) -> dict[tuple[int, str], Decimal]:
    summed = rows.order_by().values_list("organisation", "kind").annotate(sum=EuroSum(amount))
    return {(carrier_id, kind): amount for carrier_id, kind, amount in summed}


def _balance(
    carrier: int, came: dict[int, Decimal], kept: Decimal, paid: dict[tuple[int, str], Decimal],
    booked: dict[tuple[int, str], Decimal],
) -> CarrierBalance:  # fmt: skip
    return CarrierBalance(
        received=came.get(carrier, NOTHING),
        kept=kept,
        forwarded=paid.get((carrier, PaymentKind.FORWARDING), NOTHING),
        repaid=paid.get((carrier, PaymentKind.REPAYMENT), NOTHING),
        own_share=booked.get((carrier, EntryKind.OWN_SHARE), NOTHING),
        income=booked.get((carrier, EntryKind.INCOME), NOTHING),
        spent=booked.get((carrier, EntryKind.EXPENSE), NOTHING),
    )
