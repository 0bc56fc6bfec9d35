"""What a plan says on paper: its tasks, and by the number of each its goals, steps and partners."""

from collections.abc import Iterable

from django.db.models import QuerySet

from lotse.agency.models import AgencyDocument, Task, TaskGoal, TaskPartner, TaskStep
from lotse.agency.queries.printed import amount, day_of, listed, said
from lotse.documents.templates import Values
from lotse.organisations.actor import Actor

Numbers = dict[int, str]  # of tasks


def plan(actor: Actor, document: AgencyDocument) -> Values:
    tasks = list(tasks_of(actor, document))
    numbers = numbered(tasks)
    steps = TaskStep.objects.visible_to(actor).filter(task__in=numbers)
    partners = TaskPartner.objects.visible_to(actor).filter(task__in=numbers)
    return {
        "Aufgabe": [_task(task, numbers) for task in tasks],
        "Ziel": [planned_goal(goal, numbers) for goal in goals_of(actor, numbers)],
        "Schritt": [_step(step, numbers) for step in steps],
        "Partner": [_partner(partner, numbers) for partner in partners],
    }


def tasks_of(actor: Actor, document: AgencyDocument) -> QuerySet[Task]:
    rows = Task.objects.visible_to(actor).filter(document=document)
    return rows.select_related("responsible").prefetch_related("needs")


def numbered(tasks: Iterable[Task]) -> Numbers:
    return {task.pk: str(number) for number, task in enumerate(tasks, start=1)}


def goals_of(actor: Actor, numbers: Numbers) -> QuerySet[TaskGoal]:
    rows = TaskGoal.objects.visible_to(actor).filter(task__in=numbers)
    return rows.order_by("task__position", "task", "position", "id")


def _task(task: Task, numbers: Numbers) -> dict[str, str]:
    return {
        **task_in_short(task, numbers), "Bedarf": listed(need.text for need in task.needs.all()), "Anlass": said(task.occasion),
        "Zielgruppen": said(task.target_groups), "Methoden": said(task.methods), "Mittel": said(task.resources),
        "Zuständig": said(task.responsible),
    }  # fmt: skip


def task_in_short(task: Task, numbers: Numbers) -> dict[str, str]:
    return {
        "Nummer": numbers[task.pk], "Thema": task.title, "Handlungsfeld": task.get_field_display(),
        "Gesamtziel": said(task.overall_goal),
    }  # fmt: skip


def planned_goal(goal: TaskGoal, numbers: Numbers) -> dict[str, str]:
    return {
        "Aufgabe": numbers[goal.task_id], "Teilziel": goal.text, "Merkmal": goal.indicator,
        "Ausgangswert": amount(goal.baseline, goal.unit), "Zielwert": amount(goal.target, goal.unit),
        "bis": day_of(goal.due_on), "Messung": goal.method,
    }  # fmt: skip


def _step(step: TaskStep, numbers: Numbers) -> dict[str, str]:
    return {
        "Aufgabe": numbers[step.task_id], "Was": step.title, "von": day_of(step.starts_on), "bis": day_of(step.ends_on),
        "erledigt": day_of(step.done_on),
    }  # fmt: skip


def _partner(partner: TaskPartner, numbers: Numbers) -> dict[str, str]:
    return {
        "Aufgabe": numbers[partner.task_id], "Name": partner.name, "Art": partner.get_kind_display(),
        "abgestimmt": day_of(partner.agreed_on),
    }  # fmt: skip
