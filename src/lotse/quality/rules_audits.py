"""What holds for audits and for who answers for quality; each docstring is the rule in one sentence, with its id."""

from collections.abc import Collection, Iterable
from datetime import date

from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality import rules
from lotse.quality.enums_audits import CheckResult
from lotse.quality.models import Audit, AuditFinding, CheckItem, PreparationItem, QmOfficer
from lotse.quality.models.officers import offices_of


def audits(actor: Actor, audit: Audit) -> bool:
    """An internal audit is held by its auditor; what comes from outside is entered by who keeps the quality (QM-06)."""
    if audit.is_internal:
        return actor.person_id == audit.auditor_id
    return rules.keeps_quality_of(actor, audit.organisation)


def may_answer(actor: Actor, audit: Audit) -> bool:
    """Findings are answered, and followed up, by who keeps the quality and is not the auditor (QM-06)."""
    return rules.keeps_quality_of(actor, audit.organisation) and actor.person_id != audit.auditor_id


def may_finish(actor: Actor, item: PreparationItem) -> bool:
    """What is to be prepared is ticked off by who has it to do, or who keeps the quality (QM-06)."""
    return actor.person_id == item.owner_id or rules.keeps_quality_of(actor, item.organisation)


def is_prepared(audit: Audit, items: Iterable[PreparationItem]) -> bool:
    """An audit from outside is prepared when everything on its list is done (QM-06)."""
    return audit.is_internal or all(item.done_on for item in items)


def is_checked(audit: Audit, checks: Collection[CheckItem]) -> bool:
    """An internal audit is held when its checklist is complete, with a finding where it says so (QM-06)."""
    return not audit.is_internal or (bool(checks) and all(one.result for one in checks))


def is_contradicted(check: CheckItem, findings: Iterable[AuditFinding]) -> bool:
    """A criterion with a grave finding does not conform (QM-06)."""
    return check.result == CheckResult.CONFORM and any(one.is_grave for one in findings)


def is_answered(finding: AuditFinding) -> bool:
    """A deviation, major or minor, is answered by the audited (QM-06)."""
    return not finding.is_grave or finding.statement_on is not None


def is_followed_up(finding: AuditFinding) -> bool:
    """A deviation leads to an improvement (QM-06)."""
    return not finding.is_grave or finding.improvement_id is not None


def is_settled(finding: AuditFinding) -> bool:
    """An audit ends when the effect of the improvement for each deviation has been checked (QM-06)."""
    return not finding.is_grave or (finding.improvement is not None and finding.improvement.is_over)


def lacks_officer(appointments: Iterable[QmOfficer], day: date) -> bool:
    """Whoever assesses itself, or is certified, has somebody appointed who answers for quality; a deputy is not enough (QM-07)."""
    return not any(one.holds_on(day) and not one.is_deputy for one in appointments)


def keeps_exchange(actor: Actor, house: Organisation) -> bool:
    """What officers exchange with others is kept by who keeps the quality of a carrier, and by its officer (QM-07)."""
    return rules.keeps_quality_of(actor, house) or any(one.organisation_id == house.pk for one in offices_of(actor))
