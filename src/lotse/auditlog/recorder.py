"""The read log: written before the answer leaves. What cannot be logged is not shown."""

from django.db import DatabaseError, transaction

from lotse.auditlog.door import Acting, Recordable
from lotse.auditlog.models import Event
from lotse.core.readonly import read_log_may_write


class ReadNotLogged(OSError):
    """The entry could not be written, so the page must not be shown (503)."""


def record_read(*, by: Acting, obj: Recordable, file: Recordable, what: str) -> None:
    """`what` names the part of the file in German: "Akte", "Förderplan", "Teil A"."""
    try:
        with read_log_may_write(), transaction.atomic():
            Event.objects.create(
                organisation_id=getattr(obj, "organisation_id", None) or by.organisation_id,
                actor_ref=by.ref,
                actor_label=by.label,
                key="read",
                is_read=True,
                object_type=type(obj).__name__.lower(),
                object_ref=obj.public_id,
                file_ref=file.public_id,
                details={"what": what},
            )
    except DatabaseError as error:
        raise ReadNotLogged("read log") from error
