"""Money forwarded to a carrier, and paid back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from lotse.auditlog.door import action, record, refuse_if
from lotse.funding import rules
from lotse.funding.actions.contracts import locked_contract
from lotse.funding.actions.shared import happened, kept, of_phase
from lotse.funding.enums import PaymentKind
from lotse.funding.models import ForwardingContract, Payment, PaymentRound
from lotse.funding.queries import courses
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.programmes.models import Grant

UNSIGNED = "Weitergeleitet wird erst, wenn beide den Weiterleitungsvertrag unterschrieben haben."
NOT_THERE = "So viel ist für diesen Träger noch nicht eingegangen."
OVER_CONTRACT = "Das ist mehr, als der Weiterleitungsvertrag für dieses Förderjahr vorsieht."
OTHER_GRANT = "Dieser Vertrag gehört zu einer anderen Zuwendung."
NOT_FORWARDED = "Zurückzahlen kann der Träger höchstens, was er bekommen hat."


@action("payment.forwarded", "hat Mittel weitergeleitet")
def forward(*, by: Actor, contract: ForwardingContract, funding_year: int, on: date, amount: Decimal) -> Payment:
    fresh = _begun(by, contract, funding_year, on)
    return _forwarded(fresh, funding_year, on, amount)


@action("payment_round.paid", "hat Mittel in einer Zahlungsrunde weitergeleitet")
def pay_round(
    *, by: Actor, grant: Grant, funding_year: int, on: date, amounts: Mapping[ForwardingContract, Decimal]
) -> PaymentRound:
    """All or nothing. A refusal names the field `amount-<public id of the contract>`."""
    fresh = locked(grant)
    kept(by, fresh.organisation)
    refuse_if(not amounts, "Bitte für mindestens einen Träger einen Betrag angeben.")
    number = (fresh.rounds.aggregate(last=Max("number"))["last"] or 0) + 1
    made = PaymentRound(
        organisation=fresh.organisation, grant=fresh, number=number, funding_year=funding_year, paid_on=on
    )
    save_checked(made)
    for contract in sorted(amounts, key=lambda one: one.pk):  # in one order, so that two rounds wait for each other
        with beside(f"amount-{contract.public_id}"):
            refuse_if(contract.grant_id != fresh.pk, OTHER_GRANT)
            _forwarded(_begun(by, contract, funding_year, on), funding_year, on, amounts[contract], made)
    record(made, number=number, funding_year=funding_year, on=on, carriers=len(amounts))
    return made


@action("payment.repaid", "hat eine Rückzahlung eingetragen")
def note_repayment(
    *, by: Actor, contract: ForwardingContract, funding_year: int, on: date, amount: Decimal, reason: str
) -> Payment:
    fresh = _begun(by, contract, funding_year, on)
    refuse_if(not rules.is_covered(amount, courses.room_of(fresh, funding_year, on).held), NOT_FORWARDED, "amount")
    return _paid(fresh, PaymentKind.REPAYMENT, funding_year, on, amount, reason=reason.strip())


def _begun(by: Actor, contract: ForwardingContract, funding_year: int, on: date) -> ForwardingContract:
    fresh = locked_contract(contract)
    kept(by, fresh.grant.organisation)
    of_phase(fresh.grant, funding_year)
    happened(on, "paid_on")
    return fresh


def _forwarded(
    contract: ForwardingContract, funding_year: int, on: date, amount: Decimal, of_round: PaymentRound | None = None
) -> Payment:
    refuse_if(not rules.may_be_paid(contract, on), UNSIGNED)
    room = courses.room_of(contract, funding_year, on)
    refuse_if(not rules.is_covered(amount, room.agreed), OVER_CONTRACT, "amount")
    refuse_if(not rules.is_covered(amount, room.there), NOT_THERE, "amount")
    return _paid(contract, PaymentKind.FORWARDING, funding_year, on, amount, round=of_round)


def _paid(
    contract: ForwardingContract, kind: PaymentKind, funding_year: int, on: date, amount: Decimal, **more: Any
) -> Payment:
    made = Payment(
        organisation=contract.organisation, contract=contract, kind=kind, funding_year=funding_year, paid_on=on,
        amount=amount, **more,
    )  # fmt: skip
    save_checked(made)
    record(made, kind=kind, funding_year=funding_year, on=on)
    return made


@contextmanager
def beside(field: str) -> Iterator[None]:
    """One of many forms of a page is refused: the words stand beside its field."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error
