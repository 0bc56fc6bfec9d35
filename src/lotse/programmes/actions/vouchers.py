"""An amount with its paper, entered once where it arises; its owner's action records it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from lotse.documents.actions import Received, keep_file, start_retention
from lotse.documents.enums import Compartment
from lotse.documents.models import StoredFile
from lotse.organisations.actions.shared import revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.enums import VoucherKind
from lotse.programmes.models import Voucher


def keep_voucher(
    *, by: Actor, unit: Organisation, organisation_id: int, kind: VoucherKind, on: date, amount: Decimal, payee: str,
    reason: str, received: Received | None = None,
) -> Voucher:  # fmt: skip
    """Inside an action. The paper is kept as long as every other proof of the funding year (IA-12)."""
    stored = _paper(by, received) if received else None
    made = Voucher(
        organisation_id=organisation_id, unit=unit, kind=kind, funding_year=on.year, on=on, amount=amount, payee=payee,
        reason=reason, file=stored,
    )  # fmt: skip
    return _dated(save_checked(made))


def change_voucher(
    *, by: Actor, voucher: Voucher, values: Mapping[str, Any], seen: int | None, received: Received | None = None
) -> list[str]:
    """Inside an action, for a locked row. A paper is added where there is none; one that is there is never exchanged."""
    of_year = {"funding_year": values["on"].year}
    paper = {"file": _paper(by, received)} if received else {}
    changed = revise(voucher, {**values, **of_year, **paper}, seen)
    _dated(voucher)
    return changed


def correct_voucher(
    *, by: Actor, voucher: Voucher, values: Mapping[str, Any], why: str, received: Received | None = None
) -> Voucher:
    """Inside an action, for a locked row: a new entry in its place. The old one stays as it was, with its paper."""
    of = {"organisation_id": voucher.organisation_id, "unit_id": voucher.unit_id, "funding_year": values["on"].year}
    stored = _paper(by, received) if received else voucher.file
    made = Voucher(corrects=voucher, correction_reason=why.strip(), file=stored, **of, **values)
    return _dated(save_checked(made))


def take_back_voucher(*, by: Actor, voucher: Voucher, why: str) -> Voucher:
    """Inside an action, for a locked row: an entry of nothing in its place."""
    names = ("kind", "on", "payee", "reason")
    values = {**{name: getattr(voucher, name) for name in names}, "amount": Decimal(0)}
    return correct_voucher(by=by, voucher=voucher, values=values, why=why)


def _paper(by: Actor, received: Received) -> StoredFile:
    return keep_file(by=by, received=received, compartment=Compartment.EVIDENCE, retention="evidence")


def _dated(voucher: Voucher) -> Voucher:
    """Once it is saved: a paper that serves several entries is kept for the last of their years."""
    if voucher.file:
        years = Voucher.objects.filter(file=voucher.file).values_list("funding_year", flat=True)
        start_retention(files=[voucher.file], on=date(max(years), 12, 31))
    return voucher
