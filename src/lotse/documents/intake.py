"""From an upload to a file that an owner can take: checked, scanned, sealed and stored before any transaction opens."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError

from lotse.auditlog.door import Recordable
from lotse.core.ids import new_public_id
from lotse.documents import blobs
from lotse.documents.actions import Received, refuse_infected
from lotse.documents.enums import ScanState
from lotse.documents.inspection import clean_name, refuse_size, type_of
from lotse.documents.models import StoredFile
from lotse.documents.scanning import Infected, scan
from lotse.organisations.actor import Actor


@contextmanager
def receive(
    upload: UploadedFile, *, by: Actor, file: Recordable | None = None, types: Sequence[str] = ()
) -> Iterator[Received]:
    """For the time of the owner's action. If it makes no row, the bytes are removed again.

    `file` is the client file to which a refused infected upload is logged. `types`: what the owner takes instead of scans.
    """
    received = _store(upload, by=by, file=file, types=types)
    try:
        yield received
    except BaseException:
        _remove_if_unused(received)
        raise


@contextmanager
def produced(content: bytes, name: str, *, by: Actor, media_type: str = "application/pdf") -> Iterator[Received]:
    """The same for a paper that the house has printed itself: nothing to scan, and no longer than the owner's action."""
    public_id = new_public_id()
    made = Received(
        public_id=public_id,
        organisation_id=by.organisation_id,
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        storage_name=blobs.write(content, organisation_id=by.organisation_id, public_id=public_id),
        scan_state=ScanState.CLEAN,
    )
    try:
        yield made
    except BaseException:
        _remove_if_unused(made)
        raise


def _store(upload: UploadedFile, *, by: Actor, file: Recordable | None, types: Sequence[str]) -> Received:
    refuse_size(upload.size)
    content = upload.read()
    found = type_of(content, types)
    state = _scanned(content, by=by, file=file)
    public_id = new_public_id()
    return Received(
        public_id=public_id,
        organisation_id=by.organisation_id,
        name=clean_name(upload.name or "", found.extension),
        media_type=found.media_type,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        storage_name=blobs.write(content, organisation_id=by.organisation_id, public_id=public_id),
        scan_state=state,
    )


def _scanned(content: bytes, *, by: Actor, file: Recordable | None) -> ScanState:
    try:
        return scan(content)
    except Infected as error:
        refuse_infected(by=by, finding=error.finding, file=file)
        raise


def _remove_if_unused(received: Received) -> None:
    """An error after the commit must not take the file away; where the database is gone, the worker tidies up."""
    with suppress(DatabaseError):
        if not StoredFile.objects.filter(public_id=received.public_id).exists():
            blobs.remove(received.storage_name)
