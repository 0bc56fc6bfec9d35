"""What belongs to a task: goals, steps, partners. Each has a form for a new one and for one that is there, and a button to remove."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions import plan as acts
from lotse.agency.forms.plan import GoalForm, StepForm, TaskPartnerForm
from lotse.agency.models import Task, TaskGoal, TaskPartner, TaskStep
from lotse.agency.queries.plan import get_part
from lotse.agency.views.plan import own_task, task_crumbs, task_url
from lotse.agency.views.shared import WRITERS, back_to, insider
from lotse.core.errors import NotAllowed
from lotse.core.formpages import button, form_page
from lotse.core.forms import LotseForm
from lotse.partners.queries import by_kind, partner_list

Part = TaskGoal | TaskStep | TaskPartner
GOAL = ("text", "indicator", "unit", "baseline", "target", "due_on", "method", "revision")
STEP = ("title", "starts_on", "ends_on", "revision")


def _own(request: HttpRequest, model: type[Any], public_id: str) -> Any:
    """For who may write its plan now."""
    found = get_part(insider(request), model, public_id)
    if not rules.may_write(request.actor, found.task.document):
        raise NotAllowed(WRITERS)
    return found


def _page(request: HttpRequest, task: Task, form: LotseForm, title: str, act: Callable[[], None]) -> HttpResponse:
    return form_page(request, form, act, title=title, crumbs=task_crumbs(task))


def _goal(request: HttpRequest, task: Task, goal: TaskGoal | None, title: str) -> HttpResponse:
    initial = {name: getattr(goal, name) for name in GOAL} if goal else {}
    form = GoalForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        acts.keep_goal(by=request.actor, task=task, goal=goal, **form.cleaned_data)

    return _page(request, task, form, title, act)


def new_goal(request: HttpRequest, agency_task_id: str) -> HttpResponse:
    return _goal(request, own_task(request, agency_task_id), None, "Neues Teilziel")


def edit_goal(request: HttpRequest, sub_goal_id: str) -> HttpResponse:
    goal = _own(request, TaskGoal, sub_goal_id)
    return _goal(request, goal.task, goal, "Teilziel ändern")


def _step(request: HttpRequest, task: Task, step: TaskStep | None, title: str) -> HttpResponse:
    initial = {name: getattr(step, name) for name in STEP} if step else {}
    form = StepForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        acts.keep_step(by=request.actor, task=task, step=step, **form.cleaned_data)

    return _page(request, task, form, title, act)


def new_step(request: HttpRequest, agency_task_id: str) -> HttpResponse:
    return _step(request, own_task(request, agency_task_id), None, "Neuer Schritt")


def edit_step(request: HttpRequest, task_step_id: str) -> HttpResponse:
    step = _own(request, TaskStep, task_step_id)
    return _step(request, step.task, step, "Schritt ändern")


def finish_step(request: HttpRequest, task_step_id: str) -> HttpResponse:
    """Done today, or taken back; in a released plan too."""
    step = get_part(insider(request), TaskStep, task_step_id)
    if not rules.works_in(request.actor, step.task.document.agency):
        raise NotAllowed(WRITERS)
    on = None if step.done_on else timezone.localdate()
    to = back_to(request, task_url(step.task))
    return button(request, lambda: acts.finish_step(by=request.actor, step=step, on=on), to)


def _partner(request: HttpRequest, task: Task, row: TaskPartner | None, title: str) -> HttpResponse:
    actor = request.actor
    offered = {partner.public_id: partner for partner in partner_list(actor)}
    if row and row.partner:
        offered.setdefault(row.partner.public_id, row.partner)
    kept = {name: getattr(row, name) for name in ("name", "kind", "agreed_on", "revision")} if row else {}
    initial = {**kept, "partner": row.partner and row.partner.public_id} if row else {}
    kinds = by_kind(actor, offered.values())
    form = TaskPartnerForm(request.POST or None, actor=actor, initial=initial, partners=offered, kinds=kinds)

    def act() -> None:
        acts.keep_partner(by=actor, task=task, row=row, **form.cleaned_data)

    return _page(request, task, form, title, act)


def new_partner(request: HttpRequest, agency_task_id: str) -> HttpResponse:
    return _partner(request, own_task(request, agency_task_id), None, "Mit wem abgestimmt?")


def edit_partner(request: HttpRequest, task_partner_id: str) -> HttpResponse:
    row = _own(request, TaskPartner, task_partner_id)
    return _partner(request, row.task, row, "Abstimmung ändern")


def _remove(request: HttpRequest, model: type[Any], public_id: str) -> HttpResponse:
    row: Part = _own(request, model, public_id)
    return button(request, lambda: acts.remove_part(by=request.actor, row=row), task_url(row.task), "Gelöscht.")


def remove_goal(request: HttpRequest, sub_goal_id: str) -> HttpResponse:
    return _remove(request, TaskGoal, sub_goal_id)


def remove_step(request: HttpRequest, task_step_id: str) -> HttpResponse:
    return _remove(request, TaskStep, task_step_id)


def remove_partner(request: HttpRequest, task_partner_id: str) -> HttpResponse:
    return _remove(request, TaskPartner, task_partner_id)
