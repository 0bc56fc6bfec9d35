"""What a carrier spends and brings in, booked once and taken back with a reason."""

from datetime import date
from decimal import Decimal
from typing import Any

from lotse.auditlog.door import action, record, refuse_if
from lotse.documents.actions import Received
from lotse.funding.actions.shared import happened, kept, of_grant, of_phase, paper_of
from lotse.funding.enums import EntryKind
from lotse.funding.models import LedgerEntry
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Post
from lotse.programmes.enums import VoucherKind
from lotse.programmes.models import BudgetLine, Grant, Voucher

TWICE = "Dieser Beleg ist schon gebucht."
OTHER_LINE = "Diese Ausgabenart gehört zu einer anderen Zuwendung."
BACK_ALREADY = "Diese Buchung ist schon zurückgenommen."
SAME = ("grant", "kind", "funding_year", "amount", "payee", "line", "post", "number", "voucher")
KIND_OF = {
    VoucherKind.EXPENSE: EntryKind.EXPENSE,
    VoucherKind.DONATION: EntryKind.INCOME,
    VoucherKind.INCOME: EntryKind.INCOME,
}


@action("ledger_entry.booked", "hat gebucht")
def book(
    *, by: Actor, grant: Grant, carrier: Organisation, kind: EntryKind, funding_year: int, on: date, amount: Decimal,
    payee: str, reason: str, line: BudgetLine | None = None, post: Post | None = None, number: str = "",
    received: Received | None = None,
) -> LedgerEntry:  # fmt: skip
    """`line`: for what is spent, the kind of expense of the grant's financing plan."""
    kept(by, carrier)
    values = {
        "grant": grant, "kind": kind, "funding_year": funding_year, "on": on, "amount": amount, "payee": payee.strip(),
        "reason": reason.strip(), "line": line, "post": post, "number": number.strip(),
    }  # fmt: skip
    return _booked(carrier, file=paper_of(by, grant, funding_year, received) if received else None, **values)


@action("ledger_entry.voucher_booked", "hat einen Beleg gebucht")
def book_voucher(*, by: Actor, grant: Grant, voucher: Voucher, line: BudgetLine | None = None) -> LedgerEntry:
    """With its own amount, day, payee and reason: nobody types them again. One cost is paid from one grant only."""
    fresh = locked(voucher)
    carrier = fresh.organisation
    kept(by, carrier)
    refuse_if(LedgerEntry.objects.filter(voucher=fresh, reverses=None, reversed_by=None).exists(), TWICE)
    return _booked(
        carrier, grant=grant, kind=KIND_OF[VoucherKind(fresh.kind)], funding_year=fresh.funding_year, on=fresh.on,
        amount=fresh.amount, payee=fresh.payee, reason=fresh.reason, line=line, voucher=fresh,
    )  # fmt: skip


@action("ledger_entry.reversed", "hat eine Buchung zurückgenommen")
def take_back(*, by: Actor, entry: LedgerEntry, on: date, reason: str) -> LedgerEntry:
    """Both stay in the ledger; a voucher may be booked again afterwards."""
    fresh = locked(entry)
    kept(by, fresh.organisation)
    refuse_if(fresh.reverses_id is not None or LedgerEntry.objects.filter(reverses=fresh).exists(), BACK_ALREADY)
    refuse_if(on < fresh.on, "Zurückgenommen wird frühestens am Tag der Buchung.", "on")
    same = {name: getattr(fresh, name) for name in SAME}
    return _booked(fresh.organisation, **same, on=on, reason=reason.strip(), reverses=fresh)


def _booked(carrier: Organisation, **values: Any) -> LedgerEntry:
    grant, line = values["grant"], values["line"]
    of_grant(grant, carrier)
    of_phase(grant, values["funding_year"])
    happened(values["on"], "on")
    refuse_if(line is not None and line.grant_id != grant.pk, OTHER_LINE, "line")
    made = save_checked(LedgerEntry(organisation=carrier, **values))
    back = made.reverses.public_id if made.reverses else ""
    record(made, kind=made.kind, funding_year=made.funding_year, on=made.on, taken_back=back)
    return made
