"""Documents that prove criteria: filed, renewed, put beside as many criteria as they prove."""

from datetime import date
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed, require
from lotse.documents.actions import Received, delete_file, keep_file, start_retention
from lotse.documents.enums import Compartment, DeletionReason
from lotse.documents.models import StoredFile
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.quality import rules
from lotse.quality.actions.shared import kept
from lotse.quality.models import Criterion, EvidenceDocument, EvidenceLink, EvidenceVersion

NOT_YOURS = "Das macht, wer für die Unterlage zuständig ist oder die Qualität des Trägers sichert."
STRANGER = "Zuständig ist jemand, der beim Träger arbeitet."
OTHER_HOUSE = "Unterlage und Kriterium gehören demselben Träger."


@action("evidence_document.filed", "hat eine Nachweisunterlage abgelegt")
def file_document(
    *,
    by: Actor,
    organisation: Organisation,
    received: Received,
    owner: Person,
    criterion: Criterion | None = None,
    **said: Any,
) -> EvidenceDocument:
    """`said`: title, mode, and the days from, until and of expiry."""
    kept(by, organisation)
    _refuse_stranger(organisation, owner)
    made = EvidenceDocument(organisation=organisation, owner=owner, **said)
    save_checked(made)
    _add_version(by, made, received, 1)
    if criterion:
        _link(made, criterion)
    record(made, mode=made.mode, begins_on=made.begins_on, ends_on=made.ends_on, expires_on=made.expires_on)
    return made


@action("evidence_document.renewed", "hat eine Nachweisunterlage erneuert")
def renew_document(
    *, by: Actor, document: EvidenceDocument, received: Received, begins_on: date, ends_on: date,
    expires_on: date | None = None, revision: int | None = None,
) -> EvidenceDocument:  # fmt: skip
    """A new version beside the ones before; these are kept as long as the house keeps such papers."""
    require(rules.renews(by, document), NOT_YOURS)
    fresh = locked(document)
    refuse_if_changed(fresh, revision)
    last = fresh.versions.select_related("file").first()
    if last and not last.file.deleted_at:
        start_retention(files=[last.file], on=timezone.localdate())
    revise(fresh, {"begins_on": begins_on, "ends_on": ends_on, "expires_on": expires_on}, None)
    made = _add_version(by, fresh, received, last.number + 1 if last else 1)
    record(fresh, version=made.number, begins_on=begins_on, ends_on=ends_on, expires_on=expires_on)
    return fresh


@action("evidence_document.changed", "hat Angaben zu einer Nachweisunterlage geändert")
def change_document(
    *, by: Actor, document: EvidenceDocument, revision: int | None = None, **said: Any
) -> EvidenceDocument:
    kept(by, document.organisation)
    if "owner" in said:
        _refuse_stranger(document.organisation, said["owner"])
    fresh = locked(document)
    changed = revise(fresh, said, revision)
    record(fresh, fields=changed)
    return fresh


@action("evidence_document.linked", "hat eine Nachweisunterlage einem Kriterium zugeordnet")
def link_document(*, by: Actor, document: EvidenceDocument, criterion: Criterion) -> EvidenceLink:
    kept(by, document.organisation)
    made = _link(document, criterion)
    record(made)
    return made


@action("evidence_document.unlinked", "hat eine Nachweisunterlage von einem Kriterium gelöst")
def unlink_document(*, by: Actor, link: EvidenceLink) -> None:
    kept(by, link.organisation)
    record(link)
    link.delete()


@action("evidence_document.removed", "hat eine irrtümlich abgelegte Nachweisunterlage gelöscht")
def remove_document(*, by: Actor, document: EvidenceDocument) -> None:
    kept(by, document.organisation)
    fresh = locked(document)
    files = list(StoredFile.objects.filter(pk__in=fresh.versions.values("file"), deleted_at=None))
    record(fresh, versions=len(files))
    fresh.delete()
    for stored in files:
        delete_file(by=by, stored=stored, reason=DeletionReason.MISTAKE)


def _refuse_stranger(house: Organisation, owner: Person) -> None:
    refuse_if(owner.organisation_id != house.pk, STRANGER, "owner")


def _link(document: EvidenceDocument, criterion: Criterion) -> EvidenceLink:
    refuse_if(criterion.organisation_id != document.organisation_id, OTHER_HOUSE, "criterion")
    return save_checked(EvidenceLink(organisation_id=document.organisation_id, document=document, criterion=criterion))


def _add_version(by: Actor, document: EvidenceDocument, received: Received, number: int) -> EvidenceVersion:
    place = Compartment.EVIDENCE if document.may_leave else Compartment.ON_SITE
    stored = keep_file(by=by, received=received, compartment=place, retention="quality")
    return save_checked(
        EvidenceVersion(
            organisation_id=document.organisation_id,
            document=document,
            number=number,
            file=stored,
            begins_on=document.begins_on,
            ends_on=document.ends_on,
            filed_by_id=by.person_id,
        )
    )
