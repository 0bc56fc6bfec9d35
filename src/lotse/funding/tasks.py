from django.db import transaction
from django_tasks import task


@task()
def pack(public_id: str) -> None:
    """Harmless when run twice: what is packed already is left alone."""
    from lotse.funding.packing import work_on  # noqa: PLC0415 -- it calls the actions that queue this task

    work_on(public_id)


def queue(public_id: str) -> None:
    transaction.on_commit(lambda: pack.enqueue(public_id), robust=True)
