from django.db.models import QuerySet

from lotse.auditlog.models import Event


def history(file_ref: str, *, only: str = "") -> QuerySet[Event]:
    """Everything that was done with a file, newest first; `only` is "changes", "reads" or empty."""
    events = Event.objects.filter(file_ref=file_ref).order_by("-id")
    return events.filter(is_read=only == "reads") if only else events


def organisation_log(organisation_id: int) -> QuerySet[Event]:
    return Event.objects.filter(organisation_id=organisation_id).order_by("-id")
