from django.db import transaction
from django_tasks import TaskResultStatus, task

from lotse.funding.queries.packing_tasks import unfinished


@task()
def pack(public_id: str) -> None:
    """Harmless when run twice: what is packed already is left alone."""
    from lotse.funding.packing import work_on  # noqa: PLC0415 -- it calls the actions that queue this task

    work_on(public_id)


def queue(public_id: str) -> None:
    transaction.on_commit(lambda: pack.enqueue(public_id), robust=True)


def queue_again(public_id: str) -> None:
    """The same task, where one stands there still; it does not matter whether somebody works on it after all."""
    if not unfinished(public_id).update(status=TaskResultStatus.READY):
        queue(public_id)
