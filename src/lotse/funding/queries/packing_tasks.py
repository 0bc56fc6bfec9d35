"""What the task queue knows of a package that is being packed."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lotse.funding.models import EvidencePackage

PACK = "lotse.funding.tasks.pack"
# Nobody hears of a worker that is killed: its task goes on "running". So long it may work in peace.
PATIENCE = timedelta(minutes=10)
FINISHED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)


def unfinished(public_id: str) -> QuerySet[DBTaskResult]:
    return _tasks(public_id).exclude(status__in=FINISHED)


def stuck_since(package: EvidencePackage, now: datetime) -> datetime | None:
    """Since when nobody seems to work on it; None while that is not long, or it waits for its turn."""
    if not package.is_working or package.created_at > now - PATIENCE:
        return None
    last = _tasks(package.public_id).order_by("-enqueued_at").first()
    if last is None or last.status == TaskResultStatus.READY:
        return None if last else package.created_at
    begun = last.started_at or package.created_at
    return begun if begun <= now - PATIENCE else None


def _tasks(public_id: str) -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path=PACK, args_kwargs__args__0=public_id)
