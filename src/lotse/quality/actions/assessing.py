"""What the assessors do: feedback report, visit, audit report (model.md §4.2, stations 4 to 6, QM-09, DP-09)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.quality.actions.procedure import advance, at_work, must_stand_at, not_ahead
from lotse.quality.enums import CertificationState as State
from lotse.quality.enums import Side, SubmissionMode
from lotse.quality.models import (
    AuditReport,
    Certification,
    ChecklistItem,
    Criterion,
    FeedbackRemark,
    FeedbackReport,
    InterviewNote,
    OnSiteCheck,
    Submission,
    Visit,
)

OTHER_CATALOGUE = "Dieser Standard gehört zu einem anderen Katalog."
SAYS_NOTHING = "Bitte eine Rückmeldung schreiben."
NO_REPORT = "Der Rückmeldebericht sagt noch nichts."
NO_VISIT = "Es ist noch kein Besuch geplant."
VISIT_OVER = "Der Besuch ist abgeschlossen."
NOT_CHECKED = "Noch nicht festgehalten, ob gesehen: {}."
BEFORE_VISIT = "Der Besuch ist erst am {}."
EMPTY_REPORT = "Bitte Bericht und Empfehlung angeben."


@action("feedback.written", "hat am Rückmeldebericht geschrieben")
def write_feedback(
    *, by: Actor, certification: Certification, summary: str, revision: int | None = None
) -> FeedbackReport:
    report = _open_feedback(by, certification)
    record(report, fields=revise(report, {"summary": summary.strip()}, revision))
    return report


@action("feedback.remarked", "hat im Rückmeldebericht etwas zu einem Standard geschrieben")
def remark(
    *, by: Actor, certification: Certification, criterion: Criterion, text: str, needs_rework: bool = False,
    revision: int | None = None,
) -> FeedbackRemark | None:  # fmt: skip
    """Nothing said takes it away."""
    report = _open_feedback(by, certification)
    refuse_if(criterion.framework_id != certification.framework_id, OTHER_CATALOGUE)
    refuse_if(needs_rework and not text.strip(), SAYS_NOTHING, "text")
    row = report.remarks.select_for_update().filter(criterion=criterion).first()
    if not text.strip():
        return _taken_away(report, row)
    owner = {"organisation_id": report.organisation_id, "report": report, "criterion": criterion}
    row = row or FeedbackRemark(**owner, revision=0)
    record(row, fields=revise(row, {"text": text.strip(), "needs_rework": needs_rework}, revision))
    return row


def _taken_away(report: FeedbackReport, row: FeedbackRemark | None) -> None:
    record(row or report)
    if row:
        row.delete()


def _open_feedback(by: Actor, certification: Certification) -> FeedbackReport:
    """Of the running round, begun when something is first said."""
    fresh = at_work(by, certification, Side.ASSESSOR)
    must_stand_at(fresh, State.CHECKLIST_SUBMITTED)
    row = fresh.feedback.select_for_update().filter(round=fresh.round).first()
    if row:
        return row
    owner = {"organisation_id": fresh.organisation_id, "certification": fresh}
    return save_checked(FeedbackReport(**owner, round=fresh.round, revision=0))


@action("feedback.issued", "hat den Rückmeldebericht ausgegeben")
def issue_feedback(*, by: Actor, certification: Certification) -> FeedbackReport:
    """Where something is to be reworked, the next round begins at once, with the answers that stand."""
    fresh = at_work(by, certification, Side.ASSESSOR)
    must_stand_at(fresh, State.CHECKLIST_SUBMITTED)
    report = fresh.feedback.select_for_update().filter(round=fresh.round).first()
    if report is None or not (report.summary or report.remarks.exists()):
        raise ValidationError(NO_REPORT)
    report.asks_rework = report.remarks.filter(needs_rework=True).exists()
    report.issued_on, report.issued_by = timezone.localdate(), by.label
    save_checked(report)
    advance(by, fresh, State.DOCUMENTS_REVIEWED, Side.ASSESSOR)
    if report.asks_rework:
        _begin_round(by, fresh, report)
    record(report, round=report.round, asks_rework=report.asks_rework)
    return report


def _begin_round(by: Actor, certification: Certification, report: FeedbackReport) -> None:
    wanted = set(report.remarks.filter(needs_rework=True).values_list("criterion_id", flat=True))
    last = list(certification.checklist.filter(round=certification.round))
    certification.round += 1
    advance(by, certification, State.REWORK, Side.ASSESSOR)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            organisation_id=row.organisation_id, certification=certification, criterion_id=row.criterion_id,
            round=certification.round, answer=row.answer, note=row.note, to_recheck=row.criterion_id in wanted,
        )
        for row in last
    )  # fmt: skip


@action("visit.planned", "hat den Einrichtungsbesuch geplant")
def plan_visit(*, by: Actor, certification: Certification, on: date, revision: int | None = None) -> Visit:
    """With a line for each document that is shown on site only, or was revised after the feedback (DP-09)."""
    fresh = at_work(by, certification, Side.ASSESSOR)
    must_stand_at(fresh, State.DOCUMENTS_REVIEWED)
    row = fresh.visits.select_for_update().first()
    row = row or Visit(organisation_id=fresh.organisation_id, certification=fresh, revision=0)
    changed = revise(row, {"on": on}, revision)
    _list_documents(row)
    record(row, fields=changed, on=on)
    return row


def _list_documents(visit: Visit) -> None:
    known = visit.checks.exclude(submission=None).values("submission")
    looked_at = Submission.objects.filter(
        certification=visit.certification_id, submitted_on__isnull=False, replaced_by=None,
        mode__in=(SubmissionMode.ON_SITE_ONLY, SubmissionMode.REVISED),
    ).exclude(pk__in=known)  # fmt: skip
    OnSiteCheck.objects.bulk_create(
        OnSiteCheck(organisation_id=visit.organisation_id, visit=visit, submission=row, title=row.title)
        for row in looked_at
    )


def _open_visit(by: Actor, visit: Visit) -> Visit:
    fresh = at_work(by, visit.certification, Side.ASSESSOR)
    must_stand_at(fresh, State.DOCUMENTS_REVIEWED)
    row = locked(visit)
    refuse_if(row.done_on is not None, VISIT_OVER)
    return row


@action("interview.noted", "hat ein Gespräch beim Einrichtungsbesuch notiert")
def note_interview(
    *, by: Actor, visit: Visit, function: str, text: str, note: InterviewNote | None = None, revision: int | None = None
) -> InterviewNote:
    fresh = _open_visit(by, visit)
    row = locked(note) if note else InterviewNote(organisation_id=fresh.organisation_id, visit=fresh, revision=0)
    record(row, fields=revise(row, {"function": function.strip(), "text": text.strip()}, revision))
    return row


@action("on_site_check.added", "hat ein Dokument auf die Liste für den Besuch gesetzt")
def add_check(*, by: Actor, visit: Visit, title: str) -> OnSiteCheck:
    fresh = _open_visit(by, visit)
    made = save_checked(OnSiteCheck(organisation_id=fresh.organisation_id, visit=fresh, title=title.strip()))
    record(made)
    return made


@action("on_site_check.made", "hat ein Dokument vor Ort geprüft")
def check_on_site(
    *, by: Actor, check: OnSiteCheck, was_seen: bool, remark: str = "", revision: int | None = None
) -> OnSiteCheck:
    _open_visit(by, check.visit)
    row = locked(check)
    record(row, fields=revise(row, {"was_seen": was_seen, "remark": remark.strip()}, revision), was_seen=was_seen)
    return row


@action("visit.done", "hat den Einrichtungsbesuch abgeschlossen")
def finish_visit(*, by: Actor, certification: Certification, on: date) -> Visit:
    fresh = at_work(by, certification, Side.ASSESSOR)
    must_stand_at(fresh, State.DOCUMENTS_REVIEWED)
    row = fresh.visits.select_for_update().first()
    if row is None:
        raise ValidationError(NO_VISIT)
    not_ahead(on, "on")
    refuse_if(on < row.on, BEFORE_VISIT.format(f"{row.on:%d.%m.%Y}"), "on")
    open_ones = list(row.checks.filter(was_seen=None).values_list("title", flat=True))
    refuse_if(bool(open_ones), NOT_CHECKED.format(", ".join(open_ones[:5])))
    row.done_on = on
    save_checked(row)
    advance(by, fresh, State.VISIT_DONE, Side.ASSESSOR)
    record(row, on=on)
    return row


@action("audit_report.written", "hat am Auditbericht geschrieben")
def write_report(
    *, by: Actor, certification: Certification, text: str, recommendation: str = "", revision: int | None = None
) -> AuditReport:
    fresh = at_work(by, certification, Side.ASSESSOR)
    must_stand_at(fresh, State.DOCUMENTS_REVIEWED, State.VISIT_DONE)
    row = fresh.audit_reports.select_for_update().first()
    row = row or AuditReport(organisation_id=fresh.organisation_id, certification=fresh, revision=0)
    record(row, fields=revise(row, {"text": text.strip(), "recommendation": recommendation}, revision))
    return row


@action("audit_report.presented", "hat dem Beirat den Auditbericht vorgelegt")
def present_report(*, by: Actor, certification: Certification) -> AuditReport:
    """From now on nobody changes it."""
    fresh = at_work(by, certification, Side.ASSESSOR)
    must_stand_at(fresh, State.VISIT_DONE)
    row = fresh.audit_reports.select_for_update().first()
    if row is None or not (row.text and row.recommendation):
        raise ValidationError(EMPTY_REPORT)
    row.presented_on, row.presented_by = timezone.localdate(), by.label
    save_checked(row)
    advance(by, fresh, State.AUDIT_REPORT_PRESENTED, Side.ASSESSOR)
    record(row, recommendation=row.recommendation)
    return row
