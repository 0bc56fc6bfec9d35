"""What proves a measure: filed at once, with the clock of the funding year (IA-12)."""

from datetime import date

from lotse.agency.actions.measures import own
from lotse.agency.models import Measure, MeasureEvidence
from lotse.auditlog.door import action, record
from lotse.documents.actions import Received, delete_file, file_evidence
from lotse.documents.enums import DeletionReason, EvidenceKind
from lotse.documents.models import Evidence
from lotse.organisations.actor import Actor


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
