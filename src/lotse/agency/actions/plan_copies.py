"""What a new plan takes from the one of last year."""

from collections.abc import Iterable
from datetime import date

from lotse.agency.actions.papers import writable
from lotse.agency.models import AgencyDocument, Task, TaskGoal, TaskPartner, TaskStep
from lotse.agency.queries.plan import analysis_of
from lotse.auditlog.door import action, record, refuse_if
from lotse.core.dates import years_later
from lotse.organisations.actions.shared import next_place
from lotse.organisations.actor import Actor

WORDS = ("field", "title", "occasion", "target_groups", "overall_goal", "methods", "resources", "responsible_id")
GOAL = ("position", "text", "indicator", "unit", "baseline", "target", "method")


@action("plan_task.continued", "hat Aufgaben aus dem Vorjahr übernommen")
def continue_tasks(*, by: Actor, document: AgencyDocument, tasks: Iterable[Task]) -> list[Task]:
    """Days move on with the years; what was agreed and done is agreed and done anew."""
    fresh, chosen = writable(by, document), list(tasks)
    is_own = all(task.document.agency_id == fresh.agency_id for task in chosen)
    refuse_if(not chosen or not is_own, "Bitte Aufgaben aus dem Plan des Vorjahrs wählen.", "tasks")
    made = copy_tasks(chosen, fresh)
    record(fresh, tasks=len(made))
    return made


def copy_tasks(tasks: Iterable[Task], document: AgencyDocument) -> list[Task]:
    """Behind what stands there already, in the same order."""
    first = next_place(document.tasks)
    return [_copied(task, document, first + number, continues=task) for number, task in enumerate(tasks)]


def _copied(task: Task, document: AgencyDocument, position: int, *, continues: Task | None) -> Task:
    words = {name: getattr(task, name) for name in WORDS}
    made = Task.objects.create(
        organisation_id=document.organisation_id, document=document, position=position, continues=continues, **words
    )
    analysis = analysis_of(document)
    made.needs.set(task.needs.filter(document=analysis) if analysis else [])
    years = document.funding_year - task.document.funding_year
    _copy_goals(task, made, years)
    _copy_steps(task, made, years)
    _copy_partners(task, made, is_new_year=years != 0)
    return made


def _copy_goals(task: Task, made: Task, years: int) -> None:
    for goal in task.goals.all():
        values = {name: getattr(goal, name) for name in GOAL}
        due_on = years_later(goal.due_on, years)
        TaskGoal.objects.create(organisation_id=made.organisation_id, task=made, due_on=due_on, **values)


def _copy_steps(task: Task, made: Task, years: int) -> None:
    for step in task.steps.all():
        done_on: date | None = None if years else step.done_on
        TaskStep.objects.create(
            organisation_id=made.organisation_id, task=made, title=step.title, done_on=done_on,
            starts_on=years_later(step.starts_on, years), ends_on=years_later(step.ends_on, years),
        )  # fmt: skip


def _copy_partners(task: Task, made: Task, *, is_new_year: bool) -> None:
    for row in task.partners.all():
        TaskPartner.objects.create(
            organisation_id=made.organisation_id, task=made, partner_id=row.partner_id, name=row.name, kind=row.kind,
            agreed_on=None if is_new_year else row.agreed_on,
        )  # fmt: skip
