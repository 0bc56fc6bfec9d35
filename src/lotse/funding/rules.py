"""What holds for money; each docstring is the rule in one sentence, with its id."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lotse.funding.models import BankAccount, CarrierPart, ForwardingContract
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.programmes.rules import coordinates

IBAN, GERMAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}"), 22


def enters(actor: Actor) -> bool:
    """The room is for who keeps funds of a house (FU-10)."""
    return bool(actor.funded_paths)


def keeps_funds_of(actor: Actor, house: Organisation) -> bool:
    """Money of a house is entered by who keeps its funds, or those of a house above it (FU-10)."""
    return house.path.startswith(tuple(actor.funded_paths))


def transmits(actor: Actor, house: Organisation) -> bool:
    """Only who releases for the branch of the receiver submits the one application, sends parts back and notes the answer (FU-03)."""
    return coordinates(actor, house)


def is_whole(parts: Iterable[CarrierPart], carriers: Collection[int]) -> bool:
    """The application goes out only when every carrier of the grant has handed in its part (FU-03)."""
    return {part.organisation_id for part in parts if part.is_handed_in} >= set(carriers)


def may_be_paid(contract: ForwardingContract, on: date) -> bool:
    """Nothing is forwarded before both have signed the contract (FU-02)."""
    return contract.in_force_from is not None and contract.in_force_from <= on


def has_own_share(own: Decimal, total: Decimal, percent: Decimal) -> bool:
    """A carrier's own share reaches its part of all that is financed, in each year for itself (FU-01)."""
    return own * 100 >= total * percent


def is_covered(amount: Decimal, available: Decimal) -> bool:
    """No more goes out than there is (FU-11)."""
    return amount <= available


def may_confirm(actor: Actor, account: BankAccount) -> bool:
    """Bank details are used only after a second person has confirmed them (FU-20)."""
    return account.entered_by_id != actor.person_id


def without_spaces(code: str) -> str:
    """As a bank writes an IBAN or a BIC."""
    return "".join(code.split()).upper()


def is_iban(number: str) -> bool:
    """Its check digits fit (ISO 7064), and its length where it is German."""
    if not IBAN.fullmatch(number) or (number.startswith("DE") and len(number) != GERMAN):
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


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


def has_to_be_explained(planned: Decimal, actual: Decimal, percent: Decimal) -> bool:
    """What differs from the plan by more than the grant allows is explained before a proof goes on (FU-17)."""
    return abs(actual - planned) * 100 > planned * percent


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
