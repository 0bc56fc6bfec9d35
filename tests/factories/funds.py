"""Money of a grant: contracts, calls, payments and entries. Rows, made beneath the actions."""

from datetime import date
from decimal import Decimal

from lotse.funding.enums import EntryKind
from lotse.funding.models import CallOfFunds, CallShare, ContractYear, ForwardingContract, LedgerEntry, Payment
from tests.factories.deadlines import YEAR

SIGNED = date(YEAR, 1, 10)


def contract_of(grant, carrier, *, signed=SIGNED, amount=Decimal(10_000)) -> ForwardingContract:
    made = ForwardingContract.objects.create(
        organisation=carrier, grant=grant, carrier=carrier, carrier_signed_on=signed, district_signed_on=signed
    )
    for year in grant.years:
        ContractYear.objects.create(organisation=carrier, contract=made, funding_year=year, amount=amount)
    return made


def call_of(grant, shares, *, received=date(YEAR, 2, 1), **more) -> CallOfFunds:
    """`shares`: amounts by carrier."""
    values = {
        "organisation": grant.organisation, "funding_year": YEAR, "called_on": date(YEAR, 1, 15),
        "spend_from": date(YEAR, 1, 1), "spend_until": date(YEAR, 3, 31), "received_on": received,
    }  # fmt: skip
    made = CallOfFunds.objects.create(grant=grant, **{**values, **more})
    for carrier, amount in shares.items():
        CallShare.objects.create(organisation=grant.organisation, call=made, carrier=carrier, amount=amount)
    return made


def payment_of(contract, amount, **more) -> Payment:
    values = {"organisation": contract.carrier, "funding_year": YEAR, "paid_on": date(YEAR, 2, 5)}
    return Payment.objects.create(contract=contract, amount=amount, **{**values, **more})


def entry_of(grant, carrier, amount, kind=EntryKind.EXPENSE, **more) -> LedgerEntry:
    values = {"funding_year": YEAR, "on": date(YEAR, 2, 10), "payee": "Druckerei Beispiel", "reason": "Flyer"}
    return LedgerEntry.objects.create(
        organisation=carrier, grant=grant, carrier=carrier, kind=kind, amount=amount, **{**values, **more}
    )
