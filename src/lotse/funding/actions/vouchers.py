"""Vouchers of the daily work, taken into the ledger: one cost is paid from one grant only."""

from collections.abc import Sequence

from lotse.auditlog.door import action, record, refuse_if
from lotse.funding.actions.ledger import booked, taken_back
from lotse.funding.actions.shared import kept
from lotse.funding.enums import EntryKind
from lotse.funding.models import LedgerEntry
from lotse.funding.queries.entries import in_force
from lotse.funding.queries.vouchers import last_of, looks_booked
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Post
from lotse.programmes.enums import VoucherKind
from lotse.programmes.models import BudgetLine, Grant, Voucher

TWICE = "Dieser Beleg ist schon gebucht."
GONE = "Dieser Beleg ist inzwischen berichtigt oder zurückgenommen. Bitte laden Sie die Seite neu."
BEFORE = "Davor war ein anderer Stand dieses Belegs gebucht. Bitte übernehmen Sie dort die Änderung."
UNCHANGED = "Der Beleg ist seit der Buchung nicht geändert worden."
CHANGED = "Beleg nach der Buchung geändert"
KIND_OF = {
    VoucherKind.EXPENSE: EntryKind.EXPENSE,
    VoucherKind.DONATION: EntryKind.INCOME,
    VoucherKind.INCOME: EntryKind.INCOME,
}


@action("ledger_entry.voucher_booked", "hat einen Beleg gebucht")
def book_voucher(
    *, by: Actor, grant: Grant, voucher: Voucher, line: BudgetLine | None = None, post: Post | None = None,
    double_reason: str = "",
) -> LedgerEntry:  # fmt: skip
    """With its own amount, day, payee and reason: nobody types them again."""
    fresh = locked(voucher)
    kept(by, fresh.organisation)
    return _booked(grant, fresh, line, post, double_reason)


@action("ledger_entry.vouchers_booked", "hat Belege gebucht")
def book_vouchers(*, by: Actor, grant: Grant, vouchers: Sequence[Voucher], line: BudgetLine) -> list[LedgerEntry]:
    """In one step, on one kind of expense. What looks booked already stays, to be booked by itself with a reason."""
    made = []
    for voucher in sorted(vouchers, key=lambda one: one.pk):
        fresh = locked(voucher)
        kept(by, fresh.organisation)
        if not looks_booked(fresh):
            made.append(_booked(grant, fresh, line))
    record(grant, booked=len(made))
    return made


@action("ledger_entry.voucher_followed", "hat einen geänderten Beleg neu gebucht")
def follow_voucher(*, by: Actor, entry: LedgerEntry) -> LedgerEntry | None:
    """As the voucher stands now, on the same kind of expense; None where nothing is left of it."""
    fresh = locked(entry)
    kept(by, fresh.organisation)
    refuse_if(fresh.voucher is None or fresh.voucher.correction is None, UNCHANGED)
    taken_back(fresh, fresh.on, CHANGED)
    last = last_of(fresh.voucher)
    return None if last.is_taking_back else _booked(fresh.grant, last, fresh.line, fresh.post, fresh.double_reason)


def _booked(
    grant: Grant, voucher: Voucher, line: BudgetLine | None, post: Post | None = None, double_reason: str = ""
) -> LedgerEntry:
    refuse_if(in_force().filter(voucher=voucher).exists(), TWICE)
    refuse_if(voucher.correction is not None or voucher.is_taking_back, GONE)
    refuse_if(voucher.corrects is not None and _is_booked_before(voucher), BEFORE)
    kind = KIND_OF[VoucherKind(voucher.kind)]
    is_spent = kind == EntryKind.EXPENSE
    return booked(
        voucher.organisation, grant=grant, kind=kind, funding_year=voucher.funding_year, on=voucher.on, amount=voucher.amount,
        payee=voucher.payee, reason=voucher.reason, line=line if is_spent else None, post=post if is_spent else None,
        double_reason=double_reason.strip(), voucher=voucher,
    )  # fmt: skip


def _is_booked_before(voucher: Voucher) -> bool:
    before, ids = voucher.corrects, []
    while before:
        ids.append(before.pk)
        before = before.corrects
    return in_force().filter(voucher__in=ids).exists()
