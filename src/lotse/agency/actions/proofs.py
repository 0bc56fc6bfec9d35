"""What proves a measure and what it cost: filed at once, with the clock of the funding year (IA-12)."""

from datetime import date
from decimal import Decimal

from lotse.agency.actions.measures import own
from lotse.agency.models import Measure, MeasureEvidence, MeasureVoucher
from lotse.auditlog.door import action, record
from lotse.documents.actions import Received, delete_file, file_evidence
from lotse.documents.enums import DeletionReason, EvidenceKind
from lotse.documents.models import Evidence
from lotse.organisations.actions.shared import save_checked
from lotse.organisations.actor import Actor
from lotse.programmes.actions.vouchers import keep_voucher
from lotse.programmes.enums import VoucherKind


@action("measure.proof_filed", "hat einen Nachweis einer Maßnahme abgelegt")
def file_proof(
    *, by: Actor, measure: Measure, received: Received, kind: EvidenceKind, title: str = "", on: date | None = None
) -> Evidence:
    fresh = own(by, measure)
    return keep_proof(by, fresh, received, EvidenceKind(kind), title=title, on=on)


def keep_proof(
    by: Actor, measure: Measure, received: Received, kind: EvidenceKind, *, title: str = "", on: date | None = None
) -> Evidence:
    """Inside an action."""
    evidence = file_evidence(
        by=by, received=received, unit=measure.agency, organisation_id=measure.organisation_id, kind=kind,
        title=title.strip() or measure.title, funding_year=measure.funding_year, on=on or measure.on,
    )  # fmt: skip
    MeasureEvidence.objects.create(organisation_id=measure.organisation_id, measure=measure, evidence=evidence)
    record(evidence, file=evidence, kind=kind)
    return evidence


@action("measure.proof_removed", "hat einen irrtümlich abgelegten Nachweis gelöscht")
def remove_proof(*, by: Actor, proof: MeasureEvidence) -> None:
    """From this measure; the file goes where no other measure stands on it."""
    own(by, proof.measure)
    evidence = proof.evidence
    proof.delete()
    if not MeasureEvidence.objects.filter(evidence=evidence).exists():
        delete_file(by=by, stored=evidence.file, reason=DeletionReason.MISTAKE)
    record(evidence, file=evidence)


@action("measure.voucher_kept", "hat Kosten oder eine Spende einer Maßnahme eingetragen")
def add_voucher(
    *, by: Actor, measure: Measure, kind: VoucherKind, on: date, amount: Decimal, payee: str, reason: str,
    received: Received | None = None,
) -> MeasureVoucher:  # fmt: skip
    fresh = own(by, measure)
    voucher = keep_voucher(
        by=by, unit=fresh.agency, organisation_id=fresh.organisation_id, kind=kind, on=on, amount=amount,
        payee=payee.strip(), reason=reason.strip(), received=received,
    )  # fmt: skip
    made = save_checked(MeasureVoucher(organisation_id=fresh.organisation_id, measure=fresh, voucher=voucher))
    record(voucher, kind=kind, on=on)
    return made
