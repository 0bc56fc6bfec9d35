"""What holds for money; each docstring is the rule in one sentence, with its id."""

from datetime import date
from decimal import Decimal

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


def has_to_be_explained(planned: Decimal, actual: Decimal, percent: Decimal) -> bool:
    """What differs from the plan by more than the grant allows is explained before a proof goes on (FU-15)."""
    return abs(actual - planned) * 100 > planned * percent
