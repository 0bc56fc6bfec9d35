"""A plan with its tasks, and what it still lacks before it is handed in."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from lotse.agency.enums import DocumentKind, TaskPartnerKind
from lotse.agency.models import AgencyDocument, Need, Task, TaskGoal, TaskPartner, TaskStep
from lotse.agency.queries.missing import Missing
from lotse.agency.queries.places import place_of
from lotse.core.finding import found
from lotse.organisations.actor import Actor

P = TypeVar("P", TaskGoal, TaskStep, TaskPartner)
SHORT = 60
EXPECTED = [kind for kind in TaskPartnerKind if kind != TaskPartnerKind.OTHER]


def tasks_of(document: AgencyDocument) -> list[Task]:
    """With all that belongs to them, for a document that the reader has been shown."""
    return list(_whole(document.tasks.all()))


def _whole(rows: QuerySet[Task]) -> QuerySet[Task]:
    partners = TaskPartner.objects.select_related("partner")
    return rows.select_related("responsible").prefetch_related(
        "needs", "goals", "steps", Prefetch("partners", partners)
    )


def places_on_plan(tasks: Iterable[Task]) -> list[str]:
    """Passages that the coordination can speak about: each task with its parts."""
    parts = [[task, *task.goals.all(), *task.steps.all(), *task.partners.all()] for task in tasks]
    return [place_of(row) for rows in parts for row in rows]


def get_task(actor: Actor, public_id: str) -> Task:
    rows = Task.objects.visible_to(actor).select_related("document__agency", "continues__document")
    return found(_whole(rows), public_id)


def get_part(actor: Actor, model: type[P], public_id: str) -> P:
    """A goal, a step or a partner of a task."""
    return found(model.objects.visible_to(actor).select_related("task__document__agency"), public_id)


def analysis_of(document: AgencyDocument) -> AgencyDocument | None:
    """The last version of the analysis that holds in the year of the plan."""
    rows = AgencyDocument.objects.filter(agency_id=document.agency_id, kind=DocumentKind.ANALYSIS)
    return rows.holding_in(document.funding_year).last()


def needs_for(document: AgencyDocument, task: Task | None = None) -> dict[str, Need]:
    """Those of the analysis that holds, and those that the task names already."""
    analysis = analysis_of(document)
    rows = [*(task.needs.all() if task else []), *(analysis.needs.all() if analysis else [])]
    return {need.public_id: need for need in sorted(set(rows), key=lambda need: (need.position, need.pk))}


def to_continue(document: AgencyDocument) -> list[Task]:
    """The tasks of the last plan of an earlier year that this one does not go on with yet."""
    earlier = AgencyDocument.objects.filter(
        agency_id=document.agency_id, kind=DocumentKind.TASK_PLAN, until_year__lt=document.funding_year
    )
    last = earlier.order_by("-funding_year", "-version").first()
    return list(last.tasks.exclude(continued_by__document=document).select_related("document")) if last else []


# --- what is missing -------------------------------------------------------------------------------------------------


def missing_for_review(document: AgencyDocument) -> list[Missing]:
    """The same number of statements for every plan."""
    tasks = tasks_of(document)
    plan = reverse("agency:plan", args=[document.public_id])
    begins = [] if tasks else [Missing("Noch keine Aufgabe", plan)]
    return [*begins, *(one for task in tasks for one in _missing_in(task)), *_unanswered(document, tasks)]


def _missing_in(task: Task) -> Iterator[Missing]:
    page = reverse("agency:task", args=[task.public_id])
    partners, goals = list(task.partners.all()), list(task.goals.all())
    checks = (
        (task.needs.all(), "kein Bedarf aus der Analyse"),
        (task.occasion.strip(), "Anlass und Begründung fehlen"),
        (task.overall_goal.strip(), "das Gesamtziel fehlt"),
        (goals, "noch kein Teilziel"),
        (all(goal.baseline != goal.target for goal in goals), "ein Teilziel ist nicht messbar"),
        (task.methods.strip(), "die Methoden fehlen"),
        (task.steps.all(), "noch kein Schritt im Zeitplan"),
        (any(row.agreed_on for row in partners), "noch mit niemandem abgestimmt"),
    )
    for is_there, words in checks:
        if not is_there:
            yield Missing(f"{_short(task.title)}: {words}", page)


def _unanswered(document: AgencyDocument, tasks: Iterable[Task]) -> Iterator[Missing]:
    """Needs that no task of the plan answers, or no analysis at all."""
    analysis = analysis_of(document)
    if analysis is None:
        url = reverse("agency:agency", args=[document.agency.public_id])
        yield Missing(f"Für {document.funding_year} gibt es keine Analyse", url)
        return
    answered = {need.pk for task in tasks for need in task.needs.all()}
    for need in analysis.needs.all():
        if need.pk not in answered:
            url = f"{reverse('agency:new_task', args=[document.public_id])}?bedarf={need.public_id}"
            yield Missing(f"Bedarf ohne Aufgabe: {_short(need.text)}", url)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"
