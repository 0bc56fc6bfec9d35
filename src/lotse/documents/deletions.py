"""The registry of deletions, and how it survives a restore.

Each entry is also written as a small file into the storage (`deletions/`), which a restore adds to and never empties.
After an older backup came back, what the journal knows and the database does not is deleted again.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from lotse.auditlog.door import Acting, Recordable, action, record
from lotse.documents import blobs
from lotse.documents.enums import DeletionReason
from lotse.documents.models import Deletion, hash_of
from lotse.organisations.actor import SystemActor

FOLDER = "deletions"
FIELDS = ("public_id", "organisation_id", "kind", "ref_hash", "retention_class", "reason", "by_ref", "by_label")


@dataclass(frozen=True)
class Kind:
    """What an app can delete again: the public ids that an organisation has, and the deletion, without a new entry.

    `erase` is told when it was deleted the first time. A withdrawal of consent is repeated in the same way.
    """

    key: str
    refs: Callable[[int | None], Iterable[str]]
    erase: Callable[[str, datetime], None]


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    if kind.key in KINDS:
        raise ValueError(f"kind {kind.key} is registered twice")
    KINDS[kind.key] = kind


def note(*, by: Acting, kind: str, obj: Recordable, reason: DeletionReason, retention_class: str = "") -> Deletion:
    """Enter a deletion, inside the action that deletes."""
    entry = Deletion.objects.create(
        organisation_id=getattr(obj, "organisation_id", None),
        kind=KINDS[kind].key,
        ref_hash=hash_of(obj.public_id),
        retention_class=retention_class,
        reason=reason,
        by_ref=by.ref,
        by_label=by.label,
    )
    transaction.on_commit(lambda: _write(entry), robust=True)  # a full disk: the worker writes it later
    return entry


def _name(public_id: str) -> str:
    return f"{FOLDER}/{public_id}.json"


def _write(entry: Deletion) -> None:
    values = {name: getattr(entry, name) for name in FIELDS} | {"created_at": entry.created_at.isoformat()}
    blobs.put(_name(entry.public_id), json.dumps(values, sort_keys=True).encode())


def journal_missing() -> int:
    """Write what could not be written at once."""
    written = set(blobs.names(FOLDER))
    missing = [entry for entry in Deletion.objects.iterator() if _name(entry.public_id) not in written]
    for entry in missing:
        _write(entry)
    return len(missing)


def journal() -> Iterator[dict[str, Any]]:
    for name in blobs.names(FOLDER):
        with default_storage.open(name) as stream:
            yield json.loads(stream.read())


def later_than(moment: datetime) -> int:
    """How many deletions the journal knows from after the moment."""
    return sum(datetime.fromisoformat(values["created_at"]) > moment for values in journal())


def pending() -> list[Deletion]:
    """What the journal knows and this database does not, oldest first."""
    known = set(Deletion.objects.values_list("public_id", flat=True))
    entries = {values["public_id"]: _entry(values) for values in journal() if values["public_id"] not in known}
    return sorted(entries.values(), key=lambda entry: entry.created_at)


def _entry(values: dict[str, Any]) -> Deletion:
    return Deletion(**values | {"created_at": datetime.fromisoformat(values["created_at"])})


@dataclass(frozen=True)
class Replayed:
    entries: int
    deleted: int
    unknown: tuple[str, ...]


@action("deletion.replayed", "hat nach einer Wiederherstellung Löschungen nachgeholt")
def replay(*, by: SystemActor) -> Replayed:
    """Delete again. Entries of a kind that no app knows are left in the journal and named."""
    entries = pending()
    mine = [entry for entry in entries if entry.kind in KINDS]
    deleted = sum(_replay_group(kind, organisation_id, mine) for kind, organisation_id in _groups(mine))
    Deletion.objects.bulk_create(mine)
    unknown = tuple(sorted({entry.kind for entry in entries} - set(KINDS)))
    record(by, entries=len(mine), deleted=deleted)
    return Replayed(len(mine), deleted, unknown)


def _groups(entries: list[Deletion]) -> list[tuple[str, int | None]]:
    return list(dict.fromkeys((entry.kind, entry.organisation_id) for entry in entries))


def _replay_group(kind: str, organisation_id: int | None, entries: list[Deletion]) -> int:
    mine = [entry for entry in entries if (entry.kind, entry.organisation_id) == (kind, organisation_id)]
    wanted = {entry.ref_hash: entry.created_at for entry in mine}
    found = [ref for ref in KINDS[kind].refs(organisation_id) if hash_of(ref) in wanted]
    for ref in found:
        KINDS[kind].erase(ref, wanted[hash_of(ref)])
    return len(found)
