"""What the worker does for files again and again. Each can be repeated and interrupted."""

from django.db.models import QuerySet
from django.utils import timezone

from lotse.documents import blobs, queries
from lotse.documents.actions import check_quarantined, delete_file
from lotse.documents.enums import DeletionReason
from lotse.documents.models import StoredFile
from lotse.organisations.actor import SystemActor

BATCH = 200


def delete_due_files() -> int:
    """Files whose time is over, and files whose owner is gone."""
    due = _delete(queries.files_due(timezone.localdate()), DeletionReason.EXPIRED)
    return due + _delete(queries.files_without_owner(), DeletionReason.OWNER_GONE)


def _delete(rows: QuerySet[StoredFile], reason: DeletionReason) -> int:
    found = list(rows[:BATCH])
    for stored in found:
        delete_file(by=SystemActor("Löschlauf"), stored=stored, reason=reason)
    return len(found)


def remove_orphans() -> int:
    """Blobs to which no row points: of a request that was killed between the two, or replaced by a new key."""
    orphans = [name for name in queries.unused_names(blobs.names(blobs.FOLDER)) if blobs.is_old(name)]
    return sum(blobs.remove(name) for name in orphans)


def check_quarantine() -> int:
    by = SystemActor("Virenprüfung")
    return sum(check_quarantined(by=by, stored=stored) for stored in queries.files_in_quarantine()[:BATCH])
