"""What holds for money; each docstring is the rule in one sentence, with its id."""

from datetime import date
from decimal import Decimal

from lotse.funding.models import ForwardingContract
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person


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


def can_be_granted(effective_from: date, on: date) -> bool:
    """Consent comes before the day from which the change holds, never afterwards (FU-05)."""
    return effective_from > on


def is_told_beforehand(effective_from: date, reported_on: date) -> bool:
    """The district is told of a change before it takes effect; what comes later is taken and marked as late (FU-06)."""
    return reported_on < effective_from


def is_notifiable(due_from: date | None, on: date) -> bool:
    """An illness is notified from the day on which continued pay ends, not from the first day (FU-07)."""
    return due_from is None or due_from <= on


def missing_contact(person: Person, place_of_work: str) -> list[str]:
    """Of somebody new the district gets e-mail, phone, address of work, qualification and languages at once (FU-08)."""
    known = {
        "E-Mail": person.email, "Telefon": person.phone, "Dienstanschrift": place_of_work,
        "Qualifikation": person.qualification, "Sprachen": person.languages,
    }  # fmt: skip
    return [label for label, value in known.items() if not value]


def is_asked_in_writing(is_increase: bool, is_written: bool) -> bool:
    """More hours are asked for in writing: on paper, or by e-mail (FU-09)."""
    return is_written or not is_increase
