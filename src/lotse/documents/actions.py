"""What is done with files. Owners call `keep_file` inside their own action; deleting is an act of its own."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from lotse.auditlog.door import Acting, Recordable, action, record, refuse_if, require
from lotse.documents import blobs, deletions
from lotse.documents.enums import Compartment, DeletionReason, EvidenceKind, ScanState
from lotse.documents.models import Evidence, Remark, RetentionRule, StoredFile
from lotse.documents.queries import live_refs, retention_of
from lotse.documents.retention import RETENTION
from lotse.documents.scanning import scanner
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation


@dataclass(frozen=True)
class Received:
    """Checked, scanned, sealed: the bytes lie in the storage, the row is still to come (`documents.intake`)."""

    public_id: str
    organisation_id: int
    name: str
    media_type: str
    size: int
    sha256: str
    storage_name: str
    scan_state: ScanState


R = TypeVar("R", bound=Remark)


def resolved(by: Actor, remark: R) -> R:
    """Checked off by who is to do it. The owner's action asks who may, and records."""
    fresh = locked(remark)
    refuse_if(fresh.resolved_at is not None, "Diese Anmerkung ist schon erledigt.")
    fresh.resolved_at, fresh.resolved_by_id = timezone.now(), by.person_id
    save_checked(fresh)
    return fresh


def keep_file(*, by: Actor, received: Received, compartment: Compartment, retention: str) -> StoredFile:
    """The row of what was received. The owner's action records what the file is to it."""
    return StoredFile.objects.create(
        **asdict(received),
        compartment=compartment,
        retention_class=RETENTION[retention].key,
        stored_by_id=by.person_id,
    )


def start_retention(*, files: Iterable[StoredFile], on: date | None, at_least: date = date.min) -> None:
    """The owner's end has come, or None: it goes on. Called inside the owner's action.

    Only for classes with a period of their own; what goes "with its owner" is erased with it and has no clock.
    `at_least`: a funder asks for longer than the house keeps such files.
    """
    for stored in files:
        period = retention_of(stored.organisation_id)[stored.retention_class]
        stored.keep_until = max(period.keep_until(on), at_least) if on else None
        stored.save(update_fields=["keep_until"])


def file_evidence(
    *, by: Actor, received: Received, unit: Organisation, organisation_id: int, kind: EvidenceKind, title: str,
    funding_year: int, on: date, until_year: int = 0,
) -> Evidence:  # fmt: skip
    """Inside the owner's action, with its clock at once: kept until ten years after the funding year (IA-12).

    `until_year`: the last year it speaks for, where there are several.
    """
    stored = keep_file(by=by, received=received, compartment=Compartment.EVIDENCE, retention="evidence")
    start_retention(files=[stored], on=date(until_year or funding_year, 12, 31))
    return Evidence.objects.create(
        organisation_id=organisation_id, unit=unit, kind=kind, title=title, funding_year=funding_year, on=on, file=stored,
        has_personal_data=kind == EvidenceKind.ATTENDANCE_LIST,
    )  # fmt: skip


def date_evidence(*, evidence: Evidence, funding_year: int) -> None:
    """Inside the owner's action, when what it proves has moved to another year: its clock moves along."""
    evidence.funding_year = funding_year
    evidence.save(update_fields=["funding_year"])
    start_retention(files=[evidence.file], on=date(funding_year, 12, 31))


@action("retention.decided", "hat eine Aufbewahrungsfrist festgelegt")
def decide_retention(*, by: Actor, retention_class: str, months: int, reason: str) -> RetentionRule:
    """Who answers for data protection decides; the period before stays readable."""
    require(by.may(Permission.PRIVACY))
    refuse_if(RETENTION[retention_class].months is None, "Diese Daten haben keine eigene Frist.", "months")
    rule = RetentionRule.objects.create(
        organisation_id=by.organisation_id,
        retention_class=retention_class,
        months=months,
        reason=reason.strip(),
        decided_on=timezone.localdate(),
        decided_by=by.label,
    )
    record(rule, retention_class=retention_class, months=months)
    return rule


@action("file.deleted", "hat eine Datei gelöscht")
def delete_file(
    *, by: Acting, stored: StoredFile, reason: DeletionReason, file: Recordable | None = None
) -> StoredFile:
    """Bytes, name and checksum go; the registry keeps that there was a file, not which."""
    fresh = StoredFile.objects.select_for_update(of=("self",)).get(pk=stored.pk)
    refuse_if(fresh.deleted_at is not None, "Diese Datei ist schon gelöscht.")
    _erase(fresh)
    deletions.note(by=by, kind=KIND.key, obj=fresh, reason=reason, retention_class=fresh.retention_class)
    record(fresh, file=file, reason=str(reason))
    return fresh


def _erase(stored: StoredFile) -> None:
    """Inside an action. The bytes go when the row is committed: a rolled-back deletion has lost nothing."""
    place = stored.storage_name
    stored.name = stored.sha256 = stored.storage_name = ""
    stored.deleted_at = timezone.now()
    stored.save()
    Evidence.objects.filter(file=stored).update(title="")  # the words of a person may be in it
    transaction.on_commit(lambda: blobs.remove(place))


def discard_files(files: Iterable[StoredFile]) -> None:
    """Inside the action that erases their owner, which has noted it in the registry: row and bytes."""
    for stored in files:
        place = stored.storage_name
        stored.delete()
        if place:
            transaction.on_commit(partial(blobs.remove, place))


def _erase_again(public_id: str, _at: datetime) -> None:
    _erase(StoredFile.objects.get(public_id=public_id))


KIND = deletions.Kind("storedfile", live_refs, _erase_again)


@action("file.infected", "hat eine Datei hochgeladen, die wegen Schadsoftware abgewiesen wurde")
def refuse_infected(*, by: Actor, finding: str, file: Recordable | None = None) -> None:
    """An entry of its own: the owner's action is undone, this stays."""
    scanner_itself = SystemActor("Virenprüfung")
    record(file or scanner_itself, file=file, organisation_id=by.organisation_id, finding=finding[:80])


@action("file.checked", "hat eine Datei auf Viren geprüft")
def release_from_quarantine(*, by: Acting, stored: StoredFile) -> StoredFile:
    stored.scan_state = ScanState.CLEAN
    stored.save(update_fields=["scan_state"])
    record(stored)
    return stored


def check_quarantined(*, by: Acting, stored: StoredFile) -> bool:
    """Ask the scanner again; True when it has answered."""
    try:
        finding = scanner()(blobs.read(stored.storage_name, stored.public_id))
    except OSError:
        return False
    if finding:
        delete_file(by=by, stored=stored, reason=DeletionReason.INFECTED)
    else:
        release_from_quarantine(by=by, stored=stored)
    return True
