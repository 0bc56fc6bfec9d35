"""The checklist and its documents, handed in by the house round by round (model.md §4.2 station 3, DP-09)."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.documents.actions import Received, delete_file, keep_file
from lotse.documents.enums import Compartment, DeletionReason
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.quality import rules
from lotse.quality.actions.procedure import advance, for_house
from lotse.quality.enums import CertificationState, Rating, Side, SubmissionMode
from lotse.quality.models import Certification, ChecklistItem, Criterion, Submission

NEEDS_ANSWER = "Bitte eine Antwort wählen."
WHY = "Bitte erläutern, warum der Standard nicht anwendbar ist."
NOT_COPIED = "Hier gibt es nichts zu bestätigen."
HANDED_IN = "Das ist eingereicht und wird nicht mehr geändert."
OPEN_ONES = "Noch nicht beantwortet: {} von {}."
WITHHELD = "Was nur vor Ort gezeigt wird, wird nicht hochgeladen."
NEEDS_FILE = "Bitte eine Datei wählen."
NOT_YET = "Nachbearbeitet wird ein Dokument erst nach einem Rückmeldebericht."
WHAT_FOR = "Bitte angeben, welche Standards das Dokument belegt."
OTHER_CATALOGUE = "Diese Standards gehören zu einem anderen Katalog."
OTHER_PROCEDURE = "Ersetzt wird ein Dokument desselben Verfahrens, das schon eingereicht ist."


@action("checklist.answered", "hat einen Standard der Checkliste beantwortet")
def answer(
    *, by: Actor, item: ChecklistItem, answer: str, note: str = "", revision: int | None = None
) -> ChecklistItem:
    fresh = _open_item(by, item)
    refuse_if(not answer, NEEDS_ANSWER, "answer")
    refuse_if(answer == Rating.NOT_APPLICABLE and not note.strip(), WHY, "note")
    changed = revise(fresh, {"answer": answer, "note": note.strip(), "to_recheck": False}, revision)
    record(fresh, fields=changed)
    return fresh


@action("checklist.confirmed", "hat eine übernommene Antwort der Checkliste bestätigt")
def confirm_answer(*, by: Actor, item: ChecklistItem) -> ChecklistItem:
    fresh = _open_item(by, item)
    refuse_if(not fresh.to_recheck, NOT_COPIED)
    record(fresh, fields=revise(fresh, {"to_recheck": False}, None))
    return fresh


def _open_item(by: Actor, item: ChecklistItem) -> ChecklistItem:
    certification = for_house(by, item.certification)
    fresh = locked(item)
    refuse_if(fresh.submitted_on is not None or fresh.round != certification.round, HANDED_IN)
    return fresh


@action("submission.added", "hat der Checkliste ein Nachweisdokument hinzugefügt")
def add_document(
    *, by: Actor, certification: Certification, title: str, mode: SubmissionMode, proves_from: date, proves_to: date,
    criteria: Iterable[Criterion], received: Received | None = None, replaces: Submission | None = None,
) -> Submission:  # fmt: skip
    """What is shown on site only is listed by its title; its file never comes into the house of bytes (DP-09)."""
    fresh = for_house(by, certification)
    chosen = list(criteria)
    refuse_if(rules.is_withheld(mode) and received is not None, WITHHELD, "file")
    refuse_if(not rules.is_withheld(mode) and received is None, NEEDS_FILE, "file")
    refuse_if(mode == SubmissionMode.REVISED and fresh.round == 1, NOT_YET, "mode")
    refuse_if(not chosen, WHAT_FOR, "criteria")
    refuse_if(any(one.framework_id != fresh.framework_id for one in chosen), OTHER_CATALOGUE, "criteria")
    _check_replaced(fresh, replaces)
    stored = received and keep_file(by=by, received=received, compartment=Compartment.EVIDENCE, retention="quality")
    made = Submission(
        organisation_id=fresh.organisation_id, certification=fresh, title=title.strip(), mode=mode, file=stored,
        proves_from=proves_from, proves_to=proves_to, round=fresh.round, replaces=replaces,
    )  # fmt: skip
    save_checked(made)
    made.criteria.set(chosen)
    record(made, mode=str(mode), criteria=len(chosen))
    return made


def _check_replaced(certification: Certification, replaces: Submission | None) -> None:
    foreign = replaces is not None and replaces.certification_id != certification.pk
    refuse_if(foreign or (replaces is not None and replaces.submitted_on is None), OTHER_PROCEDURE, "replaces")


@action("submission.removed", "hat ein Nachweisdokument vor dem Einreichen entfernt")
def remove_document(*, by: Actor, submission: Submission) -> None:
    for_house(by, submission.certification)
    fresh = locked(submission)
    refuse_if(fresh.submitted_on is not None, HANDED_IN)
    record(fresh, mode=fresh.mode)
    stored = fresh.file
    fresh.delete()
    if stored:
        delete_file(by=by, stored=stored, reason=DeletionReason.MISTAKE)


@action("checklist.submitted", "hat die Checkliste eingereicht")
def submit_checklist(*, by: Actor, certification: Certification) -> Certification:
    """From now on it stays as it is, and the assessors see it."""
    fresh = for_house(by, certification)
    rows = fresh.checklist.filter(round=fresh.round)
    open_ones = sum(not row.is_answered for row in rows)
    refuse_if(bool(open_ones), OPEN_ONES.format(open_ones, len(rows)))
    advance(by, fresh, CertificationState.CHECKLIST_SUBMITTED, Side.ORGANISATION)
    today = timezone.localdate()
    rows.update(submitted_on=today)
    documents = fresh.submissions.filter(submitted_on=None).update(submitted_on=today)
    record(fresh, round=fresh.round, answers=len(rows), documents=documents)
    return fresh
