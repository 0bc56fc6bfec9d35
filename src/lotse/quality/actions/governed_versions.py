"""A version on its way: written, handed in, approved by another, reviewed, withdrawn (QM-04)."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed, require
from lotse.core.fields import FUTURE
from lotse.documents.actions import Received, keep_file
from lotse.documents.enums import Compartment
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.quality import rules
from lotse.quality.actions.governed import writable
from lotse.quality.actions.shared import kept
from lotse.quality.enums import ReviewResult, VersionState
from lotse.quality.models import DocumentReview, GovernedDocument, GovernedVersion

NOT_OPEN = "Diese Fassung wird nicht mehr geändert."
NOT_DRAFT = "Das ist kein Entwurf mehr."
NOT_SUBMITTED = "Diese Fassung wartet nicht auf Freigabe."
TEXT_OR_FILE = "Bitte entweder einen Text schreiben oder eine Datei wählen."
SAY_WHAT = "Bitte in einem Satz sagen, was sich ändert."
ANOTHER = "Freigeben muss jemand anderes als die Person, die geschrieben hat."
TOO_EARLY = "Eine neue Fassung gilt frühestens ab dem Tag, ab dem die vor ihr gilt."
BEFORE_APPROVAL = "Eine Fassung gilt nicht vor ihrer Freigabe."
NOT_HOLDING = "Geprüft wird die Fassung, die in Kraft ist."
OVER = "Diese Fassung gilt schon nicht mehr."


def _of_document(by: Actor, version: GovernedVersion) -> GovernedVersion:
    """Document and version, locked in this order."""
    document = writable(by, version.document)
    fresh = locked(version)
    fresh.document = document
    return fresh


@action("governed_version.begun", "hat eine neue Fassung begonnen")
def begin_version(
    *, by: Actor, document: GovernedDocument, text: str = "", received: Received | None = None, change_note: str = ""
) -> GovernedVersion:
    fresh = writable(by, document)
    last = GovernedVersion.objects.filter(document=fresh).order_by("-number").first()
    made = GovernedVersion(
        organisation_id=fresh.organisation_id, document=fresh, number=last.number + 1 if last else 1, text=text.strip(),
        change_note=change_note.strip(), written_by_id=by.person_id,
    )  # fmt: skip
    refuse_if(bool(last) and not made.change_note, SAY_WHAT, "change_note")
    _keep(by, made, received)
    save_checked(made)
    record(fresh, version=made.number)
    return made


def _keep(by: Actor, version: GovernedVersion, received: Received | None) -> None:
    """Text or file, never both, never neither."""
    if received:
        version.file = keep_file(by=by, received=received, compartment=Compartment.EVIDENCE, retention="quality")
    refuse_if(bool(version.text) == bool(version.file), TEXT_OR_FILE, "text")


@action("governed_version.written", "hat an einer Fassung geschrieben")
def write_version(
    *, by: Actor, version: GovernedVersion, text: str = "", received: Received | None = None, change_note: str = "",
    revision: int | None = None,
) -> GovernedVersion:  # fmt: skip
    """A text takes the place of the file. Whoever writes last has written it; approved it is by another."""
    fresh = _of_document(by, version)
    refuse_if(fresh.state != VersionState.DRAFT, NOT_DRAFT)
    refuse_if_changed(fresh, revision)
    fresh.text, fresh.change_note, fresh.written_by_id = text.strip(), change_note.strip(), by.person_id
    refuse_if(fresh.number > 1 and not fresh.change_note, SAY_WHAT, "change_note")
    fresh.file = None if fresh.text and not received else fresh.file
    _keep(by, fresh, received)
    fresh.revision += 1
    save_checked(fresh)
    record(fresh.document, version=fresh.number)
    return fresh


@action("governed_version.submitted", "hat eine Fassung zur Freigabe vorgelegt")
def submit_version(*, by: Actor, version: GovernedVersion) -> GovernedVersion:
    fresh = _of_document(by, version)
    refuse_if(fresh.state != VersionState.DRAFT, NOT_DRAFT)
    return _moved(fresh, VersionState.SUBMITTED, remark="")


@action("governed_version.returned", "hat eine Fassung zurückgegeben")
def return_version(*, by: Actor, version: GovernedVersion, remark: str) -> GovernedVersion:
    kept(by, version.organisation)
    fresh = _of_document(by, version)
    refuse_if(fresh.state != VersionState.SUBMITTED, NOT_SUBMITTED)
    return _moved(fresh, VersionState.DRAFT, remark=remark.strip())


def _moved(fresh: GovernedVersion, state: VersionState, *, remark: str) -> GovernedVersion:
    fresh.state, fresh.remark = state, remark
    fresh.revision += 1
    save_checked(fresh)
    record(fresh.document, version=fresh.number)
    return fresh


@action("governed_version.approved", "hat eine Fassung freigegeben")
def approve_version(
    *, by: Actor, version: GovernedVersion, valid_from: date, on: date | None = None
) -> GovernedVersion:
    """The version before it holds until this one begins."""
    kept(by, version.organisation)
    fresh, today = _of_document(by, version), timezone.localdate()
    approved_on = on or today
    refuse_if(fresh.state != VersionState.SUBMITTED, NOT_SUBMITTED)
    require(rules.may_approve(by, fresh), ANOTHER)
    refuse_if(approved_on > today, FUTURE, "on")
    refuse_if(valid_from < approved_on, BEFORE_APPROVAL, "valid_from")
    _end_before(fresh, valid_from)
    fresh.state, fresh.approved_by_id, fresh.approved_on = VersionState.APPROVED, by.person_id, approved_on
    fresh.valid_from, fresh.reviewed_on = valid_from, approved_on
    fresh.review_on = rules.review_on(approved_on, fresh.document.review_every)
    fresh.revision += 1
    save_checked(fresh)
    record(fresh.document, version=fresh.number, valid_from=valid_from)
    return fresh


def _end_before(fresh: GovernedVersion, day: date) -> None:
    rows = GovernedVersion.objects.select_for_update(of=("self",))
    for row in rows.filter(document=fresh.document, state=VersionState.APPROVED, ended_on=None):
        refuse_if(row.valid_from > day, TOO_EARLY, "valid_from")
        row.ended_on = day
        save_checked(row)


@action("governed_version.withdrawn", "hat eine Fassung zurückgezogen")
def withdraw_version(*, by: Actor, version: GovernedVersion) -> GovernedVersion:
    """An approved one by who keeps the quality: one in force ends today; before one that is still to come, the last goes on."""
    fresh, today = _of_document(by, version), timezone.localdate()
    if not fresh.is_open:
        kept(by, fresh.organisation)
        is_over = fresh.state == VersionState.WITHDRAWN or (fresh.ended_on is not None and fresh.ended_on <= today)
        refuse_if(is_over, OVER)
        _go_on_before(fresh, today)
    fresh.state = VersionState.WITHDRAWN
    fresh.revision += 1
    save_checked(fresh)
    record(fresh.document, version=fresh.number)
    return fresh


def _go_on_before(fresh: GovernedVersion, today: date) -> None:
    if fresh.valid_from <= today:
        fresh.ended_on = min(fresh.ended_on or today, today)
        return
    before = GovernedVersion.objects.filter(document=fresh.document, ended_on=fresh.valid_from).exclude(pk=fresh.pk)
    before.filter(state=VersionState.APPROVED).update(ended_on=fresh.ended_on)
    fresh.ended_on = fresh.valid_from


@action("governed_version.reviewed", "hat ein gelenktes Dokument geprüft")
def review_version(
    *, by: Actor, version: GovernedVersion, result: str, note: str = "", on: date | None = None
) -> DocumentReview:
    """Unchanged, it is due again after the interval; where it needs a new version, it stays due until there is one."""
    fresh, day = _of_document(by, version), on or timezone.localdate()
    refuse_if(day > timezone.localdate(), FUTURE, "on")
    refuse_if(not fresh.is_holding, NOT_HOLDING)
    made = DocumentReview(
        organisation_id=fresh.organisation_id, version=fresh, on=day, by_id=by.person_id, result=result, note=note.strip()
    )  # fmt: skip
    save_checked(made)
    if result == ReviewResult.UNCHANGED:
        fresh.reviewed_on, fresh.review_on = day, rules.review_on(day, fresh.document.review_every)
        save_checked(fresh)
    record(fresh.document, version=fresh.number, result=result)
    return made
