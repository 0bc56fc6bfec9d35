"""Tasks of a plan and what belongs to one: goals that can be measured, steps, partners. Written while the plan is open."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from lotse.agency import rules
from lotse.agency.actions.papers import WHO_WRITES, writable
from lotse.agency.models import AgencyDocument, Need, Task, TaskGoal, TaskPartner, TaskStep
from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actions.shared import locked, next_place, revise
from lotse.organisations.actor import Actor

R = TypeVar("R", TaskGoal, TaskStep, TaskPartner)
NOT_A_PLAN = "Aufgaben stehen in einer Aufgabenplanung."
FOREIGN_NEED = "Dieser Bedarf gehört nicht zur Analyse dieser Agentur."
HAS_MEASURES = "Zu dieser Aufgabe gibt es schon Maßnahmen. Ordnen Sie sie zuerst einer anderen Aufgabe zu."
SAME_VALUES = "Ausgangswert und Zielwert sind gleich. So lässt sich nicht zeigen, was erreicht wurde."


@action("plan_task.added", "hat eine Aufgabe geplant")
def add_task(*, by: Actor, document: AgencyDocument, needs: Iterable[Need] = (), **given: Any) -> Task:
    fresh = writable(by, document)
    refuse_if(fresh.kind != "task_plan", NOT_A_PLAN)
    made = Task(organisation_id=fresh.organisation_id, document=fresh, position=next_place(fresh.tasks), **given)
    made.save()
    _link(made, fresh, needs)
    record(made, field=made.field)
    return made


def _link(task: Task, document: AgencyDocument, needs: Iterable[Need]) -> None:
    chosen = list(needs)
    own = Need.objects.filter(document__agency_id=document.agency_id, pk__in=[need.pk for need in chosen])
    refuse_if(own.count() != len(chosen), FOREIGN_NEED, "needs")
    task.needs.set(chosen)


def open_task(by: Actor, task: Task) -> Task:
    """Inside an action: the task under a lock, in a plan that is open and hers to write."""
    writable(by, task.document)
    return locked(task)


@action("plan_task.changed", "hat eine Aufgabe der Planung geändert")
def change_task(
    *, by: Actor, task: Task, needs: Iterable[Need] = (), revision: int | None = None, **given: Any
) -> Task:
    fresh = open_task(by, task)
    changed = revise(fresh, given, revision)
    _link(fresh, task.document, needs)
    record(fresh, fields=changed)
    return fresh


@action("plan_task.removed", "hat eine Aufgabe aus der Planung genommen")
def remove_task(*, by: Actor, task: Task) -> None:
    fresh = open_task(by, task)
    refuse_if(fresh.measures.exists(), HAS_MEASURES)
    record(fresh)
    fresh.delete()


@action("plan_goal.kept", "hat ein Teilziel festgehalten")
def keep_goal(
    *, by: Actor, task: Task, goal: TaskGoal | None = None, revision: int | None = None, **given: Any
) -> TaskGoal:
    """Measurable or not at all (IA-08)."""
    fresh = open_task(by, task)
    refuse_if(given["baseline"] == given["target"], SAME_VALUES, "target")
    _in_years(task.document, "due_on", given["due_on"])
    place = {} if goal else {"position": next_place(fresh.goals)}
    return _kept(fresh, TaskGoal, goal, revision, {**given, **place})


@action("plan_step.kept", "hat einen Schritt der Planung festgehalten")
def keep_step(
    *, by: Actor, task: Task, step: TaskStep | None = None, revision: int | None = None, **given: Any
) -> TaskStep:
    fresh = open_task(by, task)
    _in_years(task.document, "starts_on", given["starts_on"])
    _in_years(task.document, "ends_on", given["ends_on"])
    return _kept(fresh, TaskStep, step, revision, given)


@action("plan_partner.kept", "hat einen Partner der Aufgabe festgehalten")
def keep_partner(
    *, by: Actor, task: Task, row: TaskPartner | None = None, revision: int | None = None, **given: Any
) -> TaskPartner:
    fresh = open_task(by, task)
    refuse_if(not given["name"].strip(), "Bitte einen Partner wählen oder einen Namen schreiben.", "name")
    return _kept(fresh, TaskPartner, row, revision, given)


def _in_years(document: AgencyDocument, field: str, day: date) -> None:
    inside = document.funding_year <= day.year <= document.until_year
    refuse_if(not inside, f"Der Plan gilt für {document.years}. Bitte einen Tag in dieser Zeit angeben.", field)


def _kept(task: Task, model: type[R], stored: R | None, revision: int | None, given: dict[str, Any]) -> R:
    row = locked(stored) if stored else model(task=task, organisation_id=task.organisation_id, revision=0)
    changed = revise(row, given, revision)
    record(row, fields=changed)
    return row


@action("plan_part.removed", "hat einen Eintrag aus einer Aufgabe genommen")
def remove_part(*, by: Actor, row: TaskGoal | TaskStep | TaskPartner) -> None:
    open_task(by, row.task)
    record(row)
    row.delete()


@action("plan_step.done", "hat einen Schritt der Planung erledigt")
def finish_step(*, by: Actor, step: TaskStep, on: date | None) -> TaskStep:
    """In a released plan too: what is done says nothing else than before. None takes it back."""
    require(rules.works_in(by, step.task.document.agency), WHO_WRITES)
    fresh = locked(step)
    fresh.done_on = on
    fresh.save()
    record(fresh, fields=["done_on"])
    return fresh
