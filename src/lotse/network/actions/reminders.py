"""A mail some days before a task is due, to whoever has taken it, with an account or without."""

from django.utils import timezone
from django.utils.formats import date_format

from lotse.auditlog.door import action, record
from lotse.correspondence.letters import letter
from lotse.correspondence.outbox import queue_mail
from lotse.network.enums import TaskState
from lotse.network.models import ActionItem
from lotse.network.queries.tasks import to_remind
from lotse.organisations.actor import SystemActor
from lotse.organisations.notices import notify

# Whoever has no account has her task from the minutes that were sent to her, so the letter repeats it.
TASK_DUE = letter(
    "network.task_due",
    "Erinnerung an eine Aufgabe",
    subject="Eine Aufgabe wird fällig",
    template="network/letters/task_due.txt",
)


def remind_of_tasks() -> int:
    due = to_remind(timezone.localdate())
    return sum(
        remind_of_task(by=SystemActor("Erinnerung an Aufgaben", organisation_id=task.organisation_id), task=task)
        for task in due
    )


@action("task.reminded", "hat an eine Aufgabe aus einem Treffen erinnert")
def remind_of_task(*, by: SystemActor, task: ActionItem) -> bool:
    """Once for each day that it is due."""
    fresh = ActionItem.objects.select_for_update(of=("self",)).select_related("owner__user", "format").get(pk=task.pk)
    is_new = fresh.state == TaskState.OPEN and fresh.due_on is not None and fresh.reminded_of != fresh.due_on
    record(fresh, sent=is_new)
    if is_new:
        fresh.reminded_of = fresh.due_on
        fresh.save(update_fields=["reminded_of"])
        _tell(fresh)
    return is_new


def _tell(task: ActionItem) -> None:
    day = date_format(task.due_on, "j. F Y")
    if task.owner:
        notify(
            [task.owner],
            "Eine Aufgabe wird fällig",
            f"bis {day} haben Sie eine Aufgabe übernommen. Welche, steht in Lotse.",
        )
    elif task.owner_email:
        values = {"name": task.owner_name, "due_on": day, "format": task.format.name, "text": task.text}
        queue_mail(TASK_DUE, organisation_id=task.organisation_id, to=task.owner_email, values=values)
