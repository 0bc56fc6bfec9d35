"""Forwarding contracts: who has one, what it says from when on, and what is left of it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from lotse.core.finding import found
from lotse.funding.enums import PaymentKind
from lotse.funding.models import ContractAmendment, ContractYear, ForwardingContract, Payment
from lotse.funding.queries.courses import agreed_in
from lotse.funding.queries.euros import EuroSum
from lotse.funding.queries.grants import contracted
from lotse.funding.queries.plan import by_year, granted, planned_costs, planned_funds
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant

NOTHING, CENT = Decimal(0), Decimal("0.01")


class CarrierContract(NamedTuple):
    carrier: Organisation
    contract: ForwardingContract | None
    agreed: Decimal


class Paper(NamedTuple):
    """The contract or an amendment, with its amounts by year."""

    paper: ForwardingContract | ContractAmendment
    is_amendment: bool
    amounts: tuple[tuple[int, Decimal], ...]

    @property
    def sum(self) -> Decimal:
        return sum((amount for _year, amount in self.amounts), NOTHING)


class YearLine(NamedTuple):
    """What a contract allows for a funding year on a day, and what went and came back by then."""

    year: int
    agreed: Decimal
    forwarded: Decimal
    repaid: Decimal

    @property
    def left(self) -> Decimal:
        return self.agreed - self.forwarded + self.repaid

    @property
    def too_much(self) -> Decimal:
        return -self.left


def contracts(actor: Actor) -> QuerySet[ForwardingContract]:
    return ForwardingContract.objects.visible_to(actor).select_related(
        "organisation", "grant__organisation", "grant__authority", "file"
    )


def get_contract(actor: Actor, public_id: str) -> ForwardingContract:
    return found(contracts(actor), public_id)


def get_amendment(actor: Actor, public_id: str) -> ContractAmendment:
    rows = ContractAmendment.objects.visible_to(actor).select_related(
        "organisation", "contract__grant__organisation", "contract__organisation", "file"
    )
    return found(rows, public_id)


def carrier_contracts(actor: Actor, grant: Grant, on: date) -> list[CarrierContract]:
    """Every carrier that she sees and money is forwarded to, with its contract and what that allows for all years together."""
    mine = {row.organisation_id: row for row in contracts(actor).filter(grant=grant)}
    agreed = agreed_by_year(grant, on)
    return [
        CarrierContract(one, mine.get(one.pk), sum(agreed.get(one.pk, {}).values(), NOTHING))
        for one in contracted(actor, grant)
    ]


def agreed_by_year(grant: Grant, on: date) -> dict[int, dict[int, Decimal]]:
    """By id of the carrier and year, as the contract and its signed amendments say on that day."""
    sums: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for year in grant.years:
        for carrier, amount in agreed_in(grant, year, on).items():
            sums[carrier][year] = amount
    return dict(sums)


def planned_by_year(grant: Grant, on: date) -> dict[int, dict[int, Decimal]]:
    """As agreed; for agencies of the receiver itself, which has no contract, as it asked for them."""
    agreed, house = agreed_by_year(grant, on), grant.organisation
    if grant.agencies.filter(organisation=house).exists():
        agreed[house.pk] = proposed_years(grant, house)
    return agreed


def was_paid_since(paper: ForwardingContract | ContractAmendment, paid: Iterable[Payment]) -> bool:
    """Since it is in force."""
    since = paper.in_force_from
    return since is not None and any(row.paid_on >= since for row in paid)


def papers(contract: ForwardingContract) -> list[Paper]:
    """The contract and its amendments, the oldest first."""
    said: dict[int | None, list[tuple[int, Decimal]]] = defaultdict(list)
    for row in ContractYear.objects.filter(contract=contract).order_by("funding_year"):
        said[row.amendment_id].append((row.funding_year, row.amount))
    amended = contract.amendments.select_related("file").order_by("number")
    first = Paper(contract, False, tuple(said[None]))
    return [first, *(Paper(row, True, tuple(said[row.pk])) for row in amended)]


def year_lines(contract: ForwardingContract, on: date) -> list[YearLine]:
    agreed = agreed_by_year(contract.grant, on).get(contract.organisation_id, {})
    rows = Payment.objects.filter(contract=contract, paid_on__lte=on).order_by()
    summed = rows.values_list("funding_year", "kind").annotate(sum=EuroSum("amount"))
    paid = {(year, kind): amount for year, kind, amount in summed}
    return [
        YearLine(
            year,
            agreed.get(year, NOTHING),
            paid.get((year, PaymentKind.FORWARDING), NOTHING),
            paid.get((year, PaymentKind.REPAYMENT), NOTHING),
        )
        for year in contract.grant.years
    ]


def proposed_years(grant: Grant, carrier: Organisation) -> dict[int, Decimal]:
    """What the carrier asked for; where less was granted than all asked for, its part of that, cut to the cent."""
    costs, own = by_year(planned_costs(grant)), by_year(planned_funds(grant))
    asked = {key: max(amount - own.get(key, NOTHING), NOTHING) for key, amount in costs.items()}
    given = granted(grant)
    return {
        year: _part(asked.get((carrier.pk, year), NOTHING), _sum_of(asked, year), given.get(year))
        for year in grant.years
    }


def _sum_of(asked: dict[tuple[int, int], Decimal], year: int) -> Decimal:
    return sum((amount for (_carrier, of_year), amount in asked.items() if of_year == year), NOTHING)


def _part(mine: Decimal, all_asked: Decimal, given: Decimal | None) -> Decimal:
    if given is None or given >= all_asked:
        return mine
    return (given * mine / all_asked).quantize(CENT, ROUND_DOWN)


def payments(contract: ForwardingContract) -> QuerySet[Payment]:
    return contract.payments.select_related("round").order_by("-paid_on", "-id")
