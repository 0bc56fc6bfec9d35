"""The read log: written before the answer leaves. What cannot be logged is not shown."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from lotse.auditlog.door import Acting, Recordable
from lotse.auditlog.models import Event
from lotse.core.prepared import prepared
from lotse.core.readonly import read_log_may_write

log = logging.getLogger("lotse.auditlog")

# The kinds of reading and their sentences; {what} is the part of the file.
READS = {
    "read": "hat gelesen: {what}",
    "printed": "hat als Dokument erzeugt: {what}",
    "downloaded": "hat heruntergeladen: {what}",
    "fetched": "hat in den eigenen Kalender geholt: {what}",
}
SAME_READ = timedelta(minutes=5)
SAME = ("key", "actor_ref", "object_type", "object_ref", "details")
LOOK_BACK = 10  # entries of the file; who has read more in five minutes is simply logged again


class ReadNotLogged(OSError):
    """The entry could not be written, so the page must not be shown (503)."""

    reason = "Der Zugriff auf die Akte konnte nicht protokolliert werden. Darum wird sie nicht gezeigt."


def record_read(
    *, by: Acting, obj: Recordable, file: Recordable | None = None, what: str = "Akte", kind: str = "read"
) -> None:
    """`what` names the part of the file in German: "Akte", "Förderplan", "Teil A"."""
    event = _event(by, obj, file, what, kind)
    with _or_nothing_is_shown(event):
        if not _already_logged(event):
            with read_log_may_write():
                event.save(force_insert=True)  # one statement, committed at once: pages that read are in no transaction


def record_reads(*, by: Acting, files: Sequence[Recordable], what: str, kind: str) -> None:
    """Many whole files at once, for a list that leaves the house: an entry in the history of each."""
    events = [_event(by, file, None, what, kind) for file in files]
    if not events:
        return
    with _or_nothing_is_shown(events[0]), read_log_may_write(), transaction.atomic(durable=True):
        Event.objects.bulk_create(events, batch_size=1000)


def _event(by: Acting, obj: Recordable, file: Recordable | None, what: str, kind: str) -> Event:
    return Event(
        organisation_id=getattr(obj, "organisation_id", None) or by.organisation_id,
        actor_ref=by.ref,
        actor_label=by.label,
        key=kind,
        is_read=True,
        object_type=type(obj).__name__.lower(),
        object_ref=obj.public_id,
        file_ref=(file or obj).public_id,
        details={"what": what},
    )


@contextmanager
def _or_nothing_is_shown(event: Event) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        log.error("read not logged: %s %s %s by %s", event.key, event.object_type, event.object_ref, event.actor_ref)
        raise ReadNotLogged(ReadNotLogged.reason) from error


def _already_logged(event: Event) -> bool:
    """The same person has just read the same part, and nobody else has changed the file since (ADR 0007)."""
    same = tuple(getattr(event, name) for name in SAME)
    for is_read, *earlier in _recent(event.file_ref, event.at - SAME_READ):
        if is_read and tuple(earlier) == same:
            return True
        if not is_read and earlier[1] != event.actor_ref:
            return False
    return False


@prepared
def _recent(file_ref: str, since: datetime) -> QuerySet[Event, Any]:
    recent = Event.objects.filter(file_ref=file_ref, at__gt=since)
    return recent.order_by("-id").values_list("is_read", *SAME)[:LOOK_BACK]
