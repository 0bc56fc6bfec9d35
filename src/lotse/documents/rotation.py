"""Stored files under a new data key: what `lotse keys` does with columns, done with the bytes in the storage."""

from collections.abc import Iterator
from contextlib import suppress

from lotse.core import crypto
from lotse.core.keys import Progress, Unreadable
from lotse.documents import blobs
from lotse.documents.models import StoredFile

TITLE = "Dateien"


def reseal_files(organisation_id: int) -> Iterator[Progress]:
    """One by one: the new bytes first, then the row, then the old bytes go. Killed in between, an orphan is left."""
    rows = StoredFile.objects.filter(organisation_id=organisation_id, deleted_at=None).order_by("pk")
    total = rows.count()
    places = rows.values_list("pk", "public_id", "storage_name").iterator()
    for done, (pk, public_id, place) in enumerate(places, start=1):
        with suppress(blobs.BlobLost):  # logged; `lotse keys check` names it
            _reseal(organisation_id, pk, public_id, place)
        yield Progress(TITLE, done, total)


def _reseal(organisation_id: int, pk: int, public_id: str, place: str) -> None:
    if blobs.key_id_of(place, public_id) == crypto.current_key_id(organisation_id):
        return
    content = blobs.read(place, public_id)
    fresh = blobs.write(content, organisation_id=organisation_id, public_id=public_id)
    moved = StoredFile.objects.filter(pk=pk, storage_name=place).update(storage_name=fresh)
    blobs.remove(place if moved else fresh)  # not moved: deleted meanwhile


def check_files(sample: int | None) -> Iterator[Progress | Unreadable]:
    rows = StoredFile.objects.filter(deleted_at=None).order_by("-pk").values_list("public_id", "storage_name")
    done = 0
    for public_id, place in rows[:sample] if sample else rows.iterator():
        try:
            blobs.read(place, public_id)
        except blobs.BlobLost:
            yield Unreadable("Datei", public_id)
        done += 1
    yield Progress(TITLE, done, done)
