"""What holds for money; each docstring is the rule in one sentence, with its id."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lotse.funding.models import ForwardingContract
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation


def enters(actor: Actor) -> bool:
    """The room is for who keeps funds of a house (FU-10)."""
    return bool(actor.funded_paths)


def keeps_funds_of(actor: Actor, house: Organisation) -> bool:
    """Money of a house is entered by who keeps its funds, or those of a house above it (FU-10)."""
    return house.path.startswith(tuple(actor.funded_paths))


def may_be_paid(contract: ForwardingContract, on: date) -> bool:
    """Nothing is forwarded before both have signed the contract (FU-02)."""
    return contract.in_force_from is not None and contract.in_force_from <= on


def has_own_share(own: Decimal, total: Decimal, percent: Decimal) -> bool:
    """A carrier's own share reaches its part of all that is financed, in each year for itself (FU-01)."""
    return own * 100 >= total * percent


def is_covered(amount: Decimal, available: Decimal) -> bool:
    """No more goes out than there is (FU-11)."""
    return amount <= available


class Cost(NamedTuple):
    """What tells one cost from another: where it was booked, and as it stands on its paper."""

    number: str
    payee: str
    amount: Decimal
    on: date
    post: int | None = None


def is_one_cost(one: Cost, other: Cost) -> bool:
    """No cost is paid twice: the same amount to the same payee, on the same day or under the same number, is booked again only
    with a reason, unless it is for another post (FU-14)."""
    is_same_payment = one.amount == other.amount and one.payee.casefold() == other.payee.casefold()
    is_same_paper = one.on == other.on or (one.number != "" and one.number == other.number)
    is_other_post = None not in (one.post, other.post) and one.post != other.post
    return is_same_payment and is_same_paper and not is_other_post


def overruns(expected: Decimal, planned: Decimal, percent: Decimal) -> bool:
    """A kind of expense may exceed its plan by the part that the grant allows, where others spend less (FU-15)."""
    return expected * 100 > planned * (100 + percent)
