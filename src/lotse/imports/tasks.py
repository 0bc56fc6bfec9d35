from django.db import transaction
from django_tasks import task


@task()
def work_off(public_id: str) -> None:
    """Harmless when run twice: only who gets the claim works, and a transaction writes all or nothing."""
    from lotse.imports.work import work_on  # noqa: PLC0415 -- it calls the actions that queue this task

    work_on(public_id)


def queue(public_id: str) -> None:
    """The queue is only the quick way: what it loses, the worker finds by its missing sign of life."""
    transaction.on_commit(lambda: work_off.enqueue(public_id), robust=True)
