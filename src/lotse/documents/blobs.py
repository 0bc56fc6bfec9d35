"""The bytes of stored files: sealed under the organisation's data key, in Django's default storage, under random names.

The storage may be a folder or an object store; nothing here knows which.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import BinaryIO

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils import timezone

from lotse.core import crypto
from lotse.core.ids import new_public_id

log = logging.getLogger("lotse.documents")

FOLDER = "blobs"
HEAD = crypto.HEADER.size + crypto.NONCE
ORPHAN_AFTER = timedelta(days=1)  # longer than any request lasts
NO_ROOM = (
    "Der Speicher ist voll oder nicht erreichbar. Die Datei wurde nicht gespeichert, alles andere ist noch da. "
    "Bitte sagen Sie Ihrer IT Bescheid."
)


class BlobLost(OSError):
    reason = "Die Datei liegt nicht mehr im Speicher oder lässt sich nicht öffnen. Bitte sagen Sie Ihrer IT Bescheid."


def context_of(public_id: str) -> bytes:
    return f"documents_storedfile.blob.{public_id}".encode()


def write(content: bytes, *, organisation_id: int, public_id: str) -> str:
    """Seal and store; the name. Whole or not at all: a full disk leaves nothing half behind."""
    sealed = crypto.seal(content, organisation_id=organisation_id, context=context_of(public_id))
    random = new_public_id()
    return put(f"{FOLDER}/{random[:2]}/{random}", sealed)


def put(name: str, content: bytes) -> str:
    try:
        return default_storage.save(name, ContentFile(content))
    except Exception as error:  # an object store has error classes of its own
        log.error("cannot store a file: %s %s", type(error).__name__, getattr(error, "errno", ""))
        remove(name)
        raise ValidationError(NO_ROOM) from error


@contextmanager
def _readable(public_id: str) -> Iterator[None]:
    try:
        yield
    except (OSError, SuspiciousOperation, crypto.SecretUnreadable) as error:
        log.error("cannot read file %s: %s", public_id, type(error).__name__)
        raise BlobLost(BlobLost.reason) from error


def read(storage_name: str, public_id: str) -> bytes:
    with _readable(public_id), default_storage.open(storage_name) as stream:
        return crypto.unseal(stream.read(), context=context_of(public_id))


def key_id_of(storage_name: str, public_id: str) -> int:
    with _readable(public_id), default_storage.open(storage_name) as stream:
        return crypto.key_id_of(stream.read(HEAD))


def remove(storage_name: str) -> bool:
    """False when the storage refuses: then the blob is an orphan, and the worker removes it later."""
    try:
        default_storage.delete(storage_name)
    except Exception as error:  # as above
        log.warning("cannot remove a stored file yet: %s", type(error).__name__)
        return False
    return True


def opened(name: str) -> File:
    """As it lies there, sealed: for the backup."""
    return default_storage.open(name)


def put_back(name: str, stream: BinaryIO) -> None:
    """Under exactly this name, whatever lies there: for the restore."""
    default_storage.delete(name)
    default_storage.save(name, File(stream))


def names(folder: str = "") -> Iterator[str]:
    """Every name in the storage below the folder, sorted."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files))
    for inner in sorted(folders):
        yield from names(f"{prefix}{inner}")


def is_old(storage_name: str) -> bool:
    """It has lain longer than any upload takes."""
    return default_storage.get_modified_time(storage_name) < timezone.now() - ORPHAN_AFTER
