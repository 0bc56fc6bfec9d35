"""Costs and donations of a measure: entered, changed, taken back; after the release of what tells of the year by a new entry only."""

from datetime import date
from decimal import Decimal
from typing import Any

from lotse.agency.actions.measures import own
from lotse.agency.models import Measure, MeasureVoucher
from lotse.agency.queries.vouchers import papers_telling
from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed
from lotse.documents.actions import Received
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.programmes.actions import vouchers as below
from lotse.programmes.enums import VoucherKind
from lotse.programmes.models import Voucher

NO_REASON = "Bitte schreiben Sie, warum sich das ändert."
OTHER_YEAR = "Die Unterlagen für {year} sind freigegeben. Tragen Sie den Betrag dort neu ein."
CORRECTED = "Dieser Eintrag ist schon berichtigt. Bitte ändern Sie den neuen."


@action("measure.voucher_kept", "hat Kosten oder eine Spende einer Maßnahme eingetragen")
def add_voucher(
    *, by: Actor, measure: Measure, kind: VoucherKind, on: date, amount: Decimal, payee: str, reason: str,
    received: Received | None = None,
) -> MeasureVoucher:  # fmt: skip
    fresh = own(by, measure)
    voucher = below.keep_voucher(
        by=by, unit=fresh.agency, organisation_id=fresh.organisation_id, kind=kind, on=on, amount=amount,
        payee=payee.strip(), reason=reason.strip(), received=received,
    )  # fmt: skip
    record(voucher, kind=kind, on=on)
    return _linked(fresh, voucher)


def _linked(measure: Measure, voucher: Voucher) -> MeasureVoucher:
    return save_checked(MeasureVoucher(organisation_id=measure.organisation_id, measure=measure, voucher=voucher))


@action("measure.voucher_changed", "hat Kosten oder eine Spende einer Maßnahme geändert")
def change_voucher(
    *, by: Actor, row: MeasureVoucher, revision: int | None = None, why: str = "", received: Received | None = None,
    **values: Any,
) -> MeasureVoucher:  # fmt: skip
    """In place; but what was said to the authority, and a paper that was filed, stays, and a new entry corrects it (IA-15)."""
    measure, voucher, closed = _standing(by, row, revision, why)
    year = values["on"].year
    is_moved_in = year != voucher.funding_year and _closed(measure, year)
    refuse_if(is_moved_in, OTHER_YEAR.format(year=year), "on")
    given = {"by": by, "voucher": voucher, "values": values, "received": received}
    if closed or (received and voucher.file_id):
        return _corrected(measure, below.correct_voucher(**given, why=why))
    fields = below.change_voucher(**given, seen=revision)
    record(voucher, fields=fields, on=voucher.on)
    row.voucher = voucher
    return row


@action("measure.voucher_taken_back", "hat Kosten oder eine Spende einer Maßnahme zurückgenommen")
def take_back_voucher(*, by: Actor, row: MeasureVoucher, revision: int | None = None, why: str = "") -> MeasureVoucher:
    """It stays to be read, with its paper, and counts no longer."""
    measure, voucher, _is_closed = _standing(by, row, revision, why)
    return _corrected(measure, below.take_back_voucher(by=by, voucher=voucher, why=why))


def _standing(by: Actor, row: MeasureVoucher, seen: int | None, why: str) -> tuple[Measure, Voucher, bool]:
    """Her measure, the entry under a lock and not corrected yet, and whether its year is closed; then a reason is needed."""
    measure, voucher = own(by, row.measure), locked(row.voucher)
    refuse_if(voucher.is_taking_back or voucher.correction is not None, CORRECTED)
    refuse_if_changed(voucher, seen)
    closed = _closed(measure, voucher.funding_year)
    refuse_if(closed and not why.strip(), NO_REASON, "why")
    return measure, voucher, closed


def _closed(measure: Measure, year: int) -> bool:
    """Under a lock, so that nothing is released meanwhile."""
    papers = papers_telling(measure.agency_id, year).select_for_update(of=("self",))
    return any(paper.is_frozen for paper in papers)


def _corrected(measure: Measure, voucher: Voucher) -> MeasureVoucher:
    record(voucher, corrects=voucher.corrects.public_id, on=voucher.on)
    return _linked(measure, voucher)
