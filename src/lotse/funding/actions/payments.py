"""Money forwarded to a carrier, and paid back."""

from datetime import date
from decimal import Decimal

from lotse.auditlog.door import action, record, refuse_if
from lotse.funding import rules
from lotse.funding.actions.contracts import locked_contract
from lotse.funding.actions.shared import happened, kept, of_phase
from lotse.funding.enums import PaymentKind
from lotse.funding.models import ForwardingContract, Payment
from lotse.funding.queries import courses
from lotse.organisations.actions.shared import save_checked
from lotse.organisations.actor import Actor

UNSIGNED = "Weitergeleitet wird erst, wenn beide den Weiterleitungsvertrag unterschrieben haben."
NOT_THERE = "So viel ist für diesen Träger noch nicht eingegangen."
OVER_CONTRACT = "Das ist mehr, als der Weiterleitungsvertrag für dieses Förderjahr vorsieht."
NOT_FORWARDED = "Zurückzahlen kann der Träger höchstens, was er bekommen hat."


@action("payment.forwarded", "hat Mittel weitergeleitet")
def forward(*, by: Actor, contract: ForwardingContract, funding_year: int, on: date, amount: Decimal) -> Payment:
    fresh = _begun(by, contract, funding_year, on)
    refuse_if(not rules.may_be_paid(fresh, on), UNSIGNED)
    refuse_if(not rules.is_covered(amount, courses.left_of_contract(fresh, funding_year, on)), OVER_CONTRACT, "amount")
    refuse_if(not rules.is_covered(amount, courses.left_to_forward(fresh, funding_year, on)), NOT_THERE, "amount")
    return _paid(fresh, PaymentKind.FORWARDING, funding_year, on, amount, "")


@action("payment.repaid", "hat eine Rückzahlung eingetragen")
def note_repayment(
    *, by: Actor, contract: ForwardingContract, funding_year: int, on: date, amount: Decimal, reason: str
) -> Payment:
    fresh = _begun(by, contract, funding_year, on)
    refuse_if(not rules.is_covered(amount, courses.left_to_repay(fresh, funding_year, on)), NOT_FORWARDED, "amount")
    return _paid(fresh, PaymentKind.REPAYMENT, funding_year, on, amount, reason)


def _begun(by: Actor, contract: ForwardingContract, funding_year: int, on: date) -> ForwardingContract:
    fresh = locked_contract(contract)
    kept(by, fresh.grant.organisation)
    of_phase(fresh.grant, funding_year)
    happened(on, "paid_on")
    return fresh


def _paid(
    contract: ForwardingContract, kind: PaymentKind, funding_year: int, on: date, amount: Decimal, reason: str
) -> Payment:
    made = Payment(
        organisation=contract.organisation, contract=contract, kind=kind, funding_year=funding_year, paid_on=on, amount=amount,
        reason=reason.strip(),
    )  # fmt: skip
    save_checked(made)
    record(made, kind=kind, funding_year=funding_year, on=on)
    return made
