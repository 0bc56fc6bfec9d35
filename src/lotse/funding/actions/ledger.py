"""What a carrier spends and brings in, booked once and taken back with a reason."""

from datetime import date
from decimal import Decimal

from lotse.auditlog.door import action, record, refuse_if
from lotse.funding.actions.shared import happened, kept, of_grant, of_phase
from lotse.funding.enums import EntryKind
from lotse.funding.models import LedgerEntry
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.enums import VoucherKind
from lotse.programmes.models import Grant, Voucher

TWICE = "Dieser Beleg ist schon gebucht."
BACK_ALREADY = "Diese Buchung ist schon zurückgenommen."
KIND_OF = {
    VoucherKind.EXPENSE: EntryKind.EXPENSE,
    VoucherKind.DONATION: EntryKind.INCOME,
    VoucherKind.INCOME: EntryKind.INCOME,
}


@action("ledger_entry.booked", "hat gebucht")
def book(
    *, by: Actor, grant: Grant, carrier: Organisation, kind: EntryKind, funding_year: int, on: date, amount: Decimal,
    payee: str, reason: str,
) -> LedgerEntry:  # fmt: skip
    kept(by, carrier)
    of_grant(grant, carrier)
    of_phase(grant, funding_year)
    happened(on, "on")
    made = LedgerEntry(
        organisation=carrier, grant=grant, carrier=carrier, kind=kind, funding_year=funding_year, on=on, amount=amount,
        payee=payee.strip(), reason=reason.strip(),
    )  # fmt: skip
    save_checked(made)
    record(made, kind=kind, funding_year=funding_year, on=on)
    return made


@action("ledger_entry.voucher_booked", "hat einen Beleg gebucht")
def book_voucher(*, by: Actor, grant: Grant, voucher: Voucher) -> LedgerEntry:
    """With its own amount, day, payee and reason: nobody types them again. One cost is paid from one grant only."""
    fresh = locked(voucher)
    carrier = fresh.organisation
    kept(by, carrier)
    of_grant(grant, carrier)
    of_phase(grant, fresh.funding_year)
    refuse_if(LedgerEntry.objects.filter(voucher=fresh, reverses=None, reversed_by=None).exists(), TWICE)
    made = LedgerEntry(
        organisation=carrier, grant=grant, carrier=carrier, kind=KIND_OF[VoucherKind(fresh.kind)],
        funding_year=fresh.funding_year, on=fresh.on, amount=fresh.amount, payee=fresh.payee, reason=fresh.reason,
        voucher=fresh,
    )  # fmt: skip
    save_checked(made)
    record(made, kind=made.kind, funding_year=made.funding_year, on=made.on)
    return made


@action("ledger_entry.reversed", "hat eine Buchung zurückgenommen")
def take_back(*, by: Actor, entry: LedgerEntry, on: date, reason: str) -> LedgerEntry:
    """Both stay in the ledger; a voucher may be booked again afterwards."""
    fresh = locked(entry)
    kept(by, fresh.carrier)
    refuse_if(fresh.reverses_id is not None or LedgerEntry.objects.filter(reverses=fresh).exists(), BACK_ALREADY)
    happened(on, "on")
    refuse_if(on < fresh.on, "Zurückgenommen wird frühestens am Tag der Buchung.", "on")
    made = LedgerEntry(
        organisation=fresh.organisation, grant=fresh.grant, carrier=fresh.carrier, kind=fresh.kind, on=on, amount=fresh.amount,
        funding_year=fresh.funding_year, payee=fresh.payee, reason=reason.strip(), voucher=fresh.voucher, reverses=fresh,
    )  # fmt: skip
    save_checked(made)
    record(made, taken_back=fresh.public_id, on=on)
    return made
