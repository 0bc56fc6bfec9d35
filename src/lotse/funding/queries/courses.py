"""How a balance went, day by day: what nobody may take out again although it is there today."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from lotse.funding.enums import PaymentKind
from lotse.funding.models import CallShare, ContractYear, ForwardingContract, Payment
from lotse.programmes.models import Grant

NOTHING = Decimal(0)
Movement = tuple[date, Decimal]


class Room(NamedTuple):
    """For a carrier and funding year, the least on the day or on any later one, in euro.

    `there`: of what came for it. `agreed`: what its contract still allows; what was repaid may be forwarded again.
    `held`: what it got and did not give back.
    """

    there: Decimal = NOTHING
    agreed: Decimal = NOTHING
    held: Decimal = NOTHING

    @property
    def payable(self) -> Decimal:
        return max(min(self.there, self.agreed), NOTHING)


def room_of(contract: ForwardingContract, year: int, on: date) -> Room:
    return rooms(contract.grant, year, on, contract.organisation_id)[contract.organisation_id]


def rooms(grant: Grant, year: int, on: date, carrier: int | None = None) -> dict[int, Room]:
    """By id of the carrier, or of one alone; three statements, however many carriers."""
    came, agreed, paid = _came(grant, year, carrier), agreed_steps(grant, year, carrier), _paid(grant, year, carrier)
    carriers = {carrier} if carrier else {*came, *agreed, *paid}
    return {
        one: Room(
            there=lowest_from([*came[one], *_less(paid[one])], on),
            agreed=lowest_from([*agreed[one], *_less(paid[one])], on),
            held=lowest_from(paid[one], on),
        )
        for one in carriers
    }


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


def agreed_steps(grant: Grant, year: int, carrier: int | None = None) -> dict[int, list[Movement]]:
    """What the contract says, and by how much each amendment changes it from the day on which both had signed it.

    An amendment names every year: one that it leaves out gets nothing any more.
    """
    rows = _of(ContractYear.objects.filter(contract__grant=grant), carrier).select_related("amendment")
    said: dict[int, dict[int, Movement]] = defaultdict(dict)
    for row in sorted(rows, key=_number):
        since, papers = _since(row), said[row.organisation_id]
        if since is not None:
            before = papers.get(_number(row), (since, NOTHING))[1]
            papers[_number(row)] = (since, before + (row.amount if row.funding_year == year else NOTHING))
    return defaultdict(list, {one: _steps(papers.values()) for one, papers in said.items()})


def agreed_in(grant: Grant, year: int, on: date) -> dict[int, Decimal]:
    """By id of the carrier, as its contract and what amended it until that day say."""
    steps = agreed_steps(grant, year).items()
    return {carrier: sum((amount for day, amount in found if day <= on), NOTHING) for carrier, found in steps}


def _number(row: ContractYear) -> int:
    return row.amendment.number if row.amendment else 0


def _since(row: ContractYear) -> date | None:
    """That nothing is paid before the contract itself is signed, the rule sees to (FU-02)."""
    return row.amendment.in_force_from if row.amendment else date.min


def _steps(said: Iterable[Movement]) -> list[Movement]:
    found, before = [], NOTHING
    for day, amount in said:
        found.append((day, amount - before))
        before = amount
    return found


def _came(grant: Grant, year: int, carrier: int | None) -> dict[int, list[Movement]]:
    rows = CallShare.objects.filter(call__grant=grant, call__funding_year=year, call__received_on__isnull=False)
    rows = rows.filter(carrier=carrier) if carrier else rows
    found: dict[int, list[Movement]] = defaultdict(list)
    for one, day, amount in rows.order_by().values_list("carrier", "call__received_on", "amount"):
        found[one].append((day, amount))
    return found


def _paid(grant: Grant, year: int, carrier: int | None) -> dict[int, list[Movement]]:
    """What went to a carrier, and negative what came back."""
    rows = _of(Payment.objects.filter(contract__grant=grant, funding_year=year), carrier).order_by()
    found: dict[int, list[Movement]] = defaultdict(list)
    for one, day, kind, amount in rows.values_list("organisation", "paid_on", "kind", "amount"):
        found[one].append((day, amount if kind == PaymentKind.FORWARDING else -amount))
    return found


def _of(rows: Any, carrier: int | None) -> Any:
    return rows.filter(organisation=carrier) if carrier else rows


def _less(movements: Iterable[Movement]) -> list[Movement]:
    return [(day, -amount) for day, amount in movements]
