"""The task queue recovers by itself and forgets what is done."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lotse.portal.management.commands import worker
from lotse.portal.operations import queue

pytestmark = pytest.mark.django_db


def task(status, **times):
    return DBTaskResult.objects.create(
        status=status, args_kwargs={"args": ["gibtesnicht"], "kwargs": {}}, backend_name="default",
        task_path="lotse.correspondence.delivery.deliver", run_after=timezone.now(), exception_class_path="", traceback="", **times,
    )  # fmt: skip


def test_a_task_that_a_killed_worker_has_left_is_run_again(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    left = task(TaskResultStatus.RUNNING, started_at=timezone.now() - timedelta(hours=2))
    fresh = task(TaskResultStatus.RUNNING, started_at=timezone.now())

    assert (queue.revive_stuck_tasks(), queue.run_waiting_tasks()) == (1, 1)
    states = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert states == {left.pk: TaskResultStatus.SUCCESSFUL, fresh.pk: TaskResultStatus.RUNNING}


def test_finished_tasks_are_forgotten_after_a_week():
    task(TaskResultStatus.SUCCESSFUL, finished_at=timezone.now() - timedelta(days=8))
    task(TaskResultStatus.FAILED, finished_at=timezone.now() - timedelta(days=8))
    kept = task(TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())

    assert queue.drop_finished_tasks() == 2
    assert DBTaskResult.objects.get() == kept


def test_a_task_that_fails_does_not_stop_the_others(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    broken, whole = task(TaskResultStatus.READY), task(TaskResultStatus.READY)
    DBTaskResult.objects.filter(pk=broken.pk).update(args_kwargs={"args": [], "kwargs": {}})

    assert queue.run_waiting_tasks() == 2
    states = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert states == {broken.pk: TaskResultStatus.FAILED, whole.pk: TaskResultStatus.SUCCESSFUL}


def test_a_chore_that_fails_does_not_stop_the_others(monkeypatch, capsys):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(worker, "CHORES", ((broken, 60, "Kaputt"), (lambda: 3, 60, "Dinge erledigt")))
    call_command("worker", "--once")

    said = capsys.readouterr()
    assert said.out == "3 Dinge erledigt\n"
    assert "Kaputt: nicht gelungen (ZeroDivisionError), neuer Versuch folgt" in said.err
