"""An amount with its paper, entered once where it arises; its owner's action records it."""

from datetime import date
from decimal import Decimal

from lotse.documents.actions import Received, keep_file, start_retention
from lotse.documents.enums import Compartment
from lotse.organisations.actions.shared import save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.enums import VoucherKind
from lotse.programmes.models import Voucher


def keep_voucher(
    *, by: Actor, unit: Organisation, organisation_id: int, kind: VoucherKind, on: date, amount: Decimal, payee: str,
    reason: str, received: Received | None = None,
) -> Voucher:  # fmt: skip
    """Inside an action. The paper is kept as long as every other proof of the funding year (IA-12)."""
    stored = None
    if received:
        stored = keep_file(by=by, received=received, compartment=Compartment.EVIDENCE, retention="evidence")
        start_retention(files=[stored], on=date(on.year, 12, 31))
    return save_checked(
        Voucher(
            organisation_id=organisation_id, unit=unit, kind=kind, funding_year=on.year, on=on, amount=amount, payee=payee,
            reason=reason, file=stored,
        )
    )  # fmt: skip
