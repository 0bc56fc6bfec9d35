"""Bank details: entered by one, confirmed by another, never changed."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.funding import rules
from lotse.funding.actions.shared import kept
from lotse.funding.models import BankAccount
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

WRONG = "Diese IBAN stimmt nicht. Bitte vergleichen Sie sie mit dem Kontoauszug."
WRONG_BIC = "Eine BIC hat 8 oder 11 Zeichen."
SECOND = "Bestätigen muss eine zweite Person: nicht, wer die Bankverbindung eingetragen hat."


@action("bank_account.entered", "hat eine Bankverbindung eingetragen")
def enter_account(
    *, by: Actor, organisation: Organisation, holder: str, iban: str, bic: str, valid_from: date
) -> BankAccount:
    """It stands in no file before a second person has confirmed it."""
    kept(by, organisation)
    number, code = rules.without_spaces(iban), rules.without_spaces(bic)
    refuse_if(not rules.is_iban(number), WRONG, "iban")
    refuse_if(len(code) not in (0, 8, 11) or (not code.isalnum() and code != ""), WRONG_BIC, "bic")
    made = BankAccount(
        organisation=organisation, holder=holder.strip(), iban=number, bic=code, valid_from=valid_from,
        entered_by_id=by.person_id,
    )  # fmt: skip
    save_checked(made)
    record(made, fields=["holder", "iban", "bic"], valid_from=valid_from)
    return made


@action("bank_account.confirmed", "hat eine Bankverbindung bestätigt")
def confirm_account(*, by: Actor, account: BankAccount) -> BankAccount:
    fresh = locked(account)
    kept(by, fresh.organisation)
    refuse_if(fresh.confirmed_by_id is not None, "Diese Bankverbindung ist schon bestätigt.")
    require(rules.may_confirm(by, fresh), SECOND)
    fresh.confirmed_by_id, fresh.confirmed_on = by.person_id, timezone.localdate()
    save_checked(fresh)
    record(fresh, on=fresh.confirmed_on)
    return fresh
