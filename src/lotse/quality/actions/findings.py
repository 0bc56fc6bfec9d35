"""What an audit finds: criterion by criterion, graded, answered by the audited, and turned into improvements (QM-06)."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.quality import rules_audits as rules
from lotse.quality.actions.audits import NOT_PREPARED, OWN_WORK, audited, settle
from lotse.quality.actions.improvements import raise_improvement
from lotse.quality.enums import ImprovementSource
from lotse.quality.enums_audits import AuditState, CheckResult, FindingGrade
from lotse.quality.models import Audit, AuditFinding, CheckItem, Criterion
from lotse.quality.queries.scopes import assessed_last

NOT_DURING = "Feststellungen werden eingetragen, solange das Audit läuft und nicht abgeschlossen ist."
NEEDS_RESULT = "Bitte ein Ergebnis wählen."
EMPTY = "Bitte die Feststellung beschreiben."
NEEDS_GRADE = "Bitte einstufen."
CONTRADICTS = "Zu diesem Kriterium gibt es eine Abweichung. Sie muss erst weg oder anders eingestuft werden."
ANSWERED = "Zu dieser Feststellung liegt eine Stellungnahme vor; sie bleibt."
HELD = "Das Audit ist durchgeführt; seine Feststellungen bleiben."
OTHER_SCOPE = "Dieses Kriterium gehört nicht zum Katalog des Audits."
NOT_HELD = "Stellung genommen wird, wenn das Audit durchgeführt ist."
WHO_ANSWERS = "Das macht, wer die Qualität dieses Trägers sichert und nicht selbst auditiert hat."
NO_WORDS = "Bitte die Stellungnahme eintragen."
FOLLOWED = "Zu dieser Feststellung gibt es schon eine Verbesserung."


def _running(by: Actor, audit: Audit) -> Audit:
    fresh = audited(by, audit)
    refuse_if(fresh.state not in (AuditState.PREPARED, AuditState.HELD), NOT_DURING)
    return fresh


@action("audit.checked", "hat ein Kriterium auditiert")
def check(
    *, by: Actor, item: CheckItem, result: CheckResult | str, observation: str = "", question: str = "",
    grade: FindingGrade | str = "", finding: str = "", revision: int | None = None,
) -> CheckItem:  # fmt: skip
    """With a finding, where one is described. Nobody audits what she assessed herself."""
    audit = audited(by, item.audit)
    refuse_if(audit.state != AuditState.PREPARED, NOT_PREPARED)
    fresh = locked(item)
    refuse_if(not result, NEEDS_RESULT, "result")
    _refuse_own_work(audit, fresh.criterion)
    _refuse_half(result, grade, finding, known=_of(fresh).exists())
    values = {
        "result": result, "observation": observation.strip(), "question": question.strip() or fresh.question,
        "checked_by_id": by.person_id, "checked_at": timezone.now(),
    }  # fmt: skip
    changed = revise(fresh, values, revision)
    refuse_if(rules.is_contradicted(fresh, _of(fresh)), CONTRADICTS, "result")
    if finding.strip():
        _find(audit, grade, finding, fresh.criterion)
    record(fresh, fields=[name for name in changed if name in ("result", "observation", "question")])
    return fresh


def _of(item: CheckItem) -> QuerySet[AuditFinding]:
    return AuditFinding.objects.filter(audit=item.audit_id, criterion=item.criterion_id)


def _refuse_own_work(audit: Audit, criterion: Criterion) -> None:
    if audit.auditor:
        own = set(assessed_last(audit.auditor, [criterion]))
        refuse_if(bool(own), OWN_WORK.format(audit.auditor))


def _refuse_half(result: str, grade: str, finding: str, *, known: bool) -> None:
    """A finding has words and a grade; the result says that there is one."""
    needed = result == CheckResult.FINDING and not known
    refuse_if((needed or bool(grade)) and not finding.strip(), EMPTY, "finding")
    refuse_if(bool(finding.strip()) and not grade, NEEDS_GRADE, "grade")


def _find(audit: Audit, grade: FindingGrade | str, text: str, criterion: Criterion | None) -> AuditFinding:
    last = audit.findings.order_by("-number").values_list("number", flat=True).first() or 0
    return save_checked(
        AuditFinding(
            organisation_id=audit.organisation_id, audit=audit, number=last + 1, grade=grade, text=text.strip(),
            criterion=criterion,
        )
    )  # fmt: skip


@action("audit_finding.added", "hat eine Feststellung eingetragen")
def add_finding(
    *, by: Actor, audit: Audit, grade: FindingGrade | str, text: str, criterion: Criterion | None = None
) -> AuditFinding:
    fresh = _running(by, audit)
    refuse_if(not text.strip(), EMPTY, "text")
    refuse_if(criterion is not None and criterion.framework_id != fresh.framework_id, OTHER_SCOPE, "criterion")
    made = _find(fresh, grade, text, criterion)
    if fresh.state == AuditState.HELD:
        settle(fresh)
    record(made, grade=str(grade))
    return made


@action("audit_finding.changed", "hat eine Feststellung geändert")
def change_finding(
    *, by: Actor, finding: AuditFinding, grade: FindingGrade | str, text: str, revision: int | None = None
) -> AuditFinding:
    """Not once the audited have answered."""
    audit = _running(by, finding.audit)
    fresh = locked(finding)
    refuse_if(fresh.statement_on is not None, ANSWERED)
    refuse_if(not text.strip(), EMPTY, "text")
    changed = revise(fresh, {"grade": grade, "text": text.strip()}, revision)
    if audit.state == AuditState.HELD:
        settle(audit)
    record(fresh, fields=changed)
    return fresh


@action("audit_finding.removed", "hat eine Feststellung entfernt")
def remove_finding(*, by: Actor, finding: AuditFinding) -> None:
    """A mistake, as long as the audit is not held; its criterion is then to be checked again."""
    audit = audited(by, finding.audit)
    refuse_if(audit.state != AuditState.PREPARED, HELD)
    record(finding, number=finding.number)
    rows = audit.checks.select_for_update(of=("self",)).filter(
        criterion=finding.criterion_id, result=CheckResult.FINDING
    )
    finding.delete()
    for row in rows:
        if not _of(row).exists():
            revise(row, {"result": ""}, None)


@action("audit_finding.answered", "hat zu einer Feststellung Stellung genommen")
def answer(*, by: Actor, finding: AuditFinding, statement: str, revision: int | None = None) -> AuditFinding:
    audit, fresh = _answering(by, finding)
    refuse_if(not statement.strip(), NO_WORDS, "statement")
    values = {"statement": statement.strip(), "statement_on": timezone.localdate(), "statement_by_id": by.person_id}
    changed = revise(fresh, values, revision)
    settle(audit)
    record(fresh, fields=changed)
    return fresh


def _answering(by: Actor, finding: AuditFinding) -> tuple[Audit, AuditFinding]:
    audit = locked(finding.audit)
    require(rules.may_answer(by, audit), WHO_ANSWERS)
    refuse_if(audit.is_before or audit.is_over, NOT_HELD)
    return audit, locked(finding)


@action("audit_finding.followed_up", "hat aus einer Feststellung eine Verbesserung gemacht")
def follow_up(*, by: Actor, finding: AuditFinding, title: str, plan: str, owner: Person, due_on: date) -> AuditFinding:
    """The improvement says what was found; the audit waits for its effect."""
    audit, fresh = _answering(by, finding)
    refuse_if(fresh.improvement_id is not None, FOLLOWED)
    made = raise_improvement(
        by=by, organisation=audit.organisation, source=ImprovementSource.AUDIT, title=title, owner=owner, due_on=due_on,
        finding=fresh.text, plan=plan, criterion=fresh.criterion,
    )  # fmt: skip
    revise(fresh, {"improvement": made}, None)
    settle(audit)
    record(fresh, due_on=due_on)
    return fresh
