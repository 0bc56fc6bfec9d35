"""The task queue, looked after: run what waits, take up what a killed worker has left, forget what is done."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

BACKEND, WORKER = "default", "lotse"
STUCK_AFTER = timedelta(hours=1)
KEEP_FINISHED = timedelta(days=7)


def run_waiting_tasks() -> int:
    """Not `Worker.run`: that one sleeps, and closes the connection under its caller."""
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        backend_name=BACKEND,
        batch=True,
        interval=0,
        startup_delay=False,
        max_tasks=None,
        worker_id=WORKER,
    )
    done = 0
    while waiting := _claimed():
        worker.run_task(waiting)
        done += 1
    return done


def _claimed() -> DBTaskResult | None:
    with exclusive_transaction():
        waiting = DBTaskResult.objects.ready().filter(backend_name=BACKEND).get_locked()
        if waiting:
            waiting.claim(WORKER)
    return waiting


def revive_stuck_tasks() -> int:
    """A killed worker leaves its task running for ever. Every task of the house may run twice."""
    stuck = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - STUCK_AFTER)
    return stuck.update(status=TaskResultStatus.READY)


def drop_finished_tasks() -> int:
    """They hold ids only, and nobody asks for them."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP_FINISHED).delete()[0]
