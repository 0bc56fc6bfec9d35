"""Tasks from meetings: the list of hers, one task, and its steps."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.core.formflow import carried_out, refusals_told
from lotse.core.formpages import Crumb, form_page
from lotse.network.actions import tasks as acts
from lotse.network.forms.tasks import DropForm, FinishForm, TaskForm
from lotse.network.models import ActionItem
from lotse.network.queries import tasks as queries
from lotse.network.views.shared import insider


def tasks(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    is_closed = request.GET.get("stand") == "erledigt"
    groups = (
        [("Erledigt", queries.closed(actor)[:100])]
        if is_closed
        else [
            ("Meine", queries.mine(actor)),
            ("Von mir vergeben", queries.given_by_me(actor)),
            ("Weitere aus meinen Runden", queries.of_my_formats(actor)),
        ]
    )
    context = {"groups": groups, "is_closed": is_closed, "today": timezone.localdate()}
    return render(request, "network/tasks.html", context)


def _task(request: HttpRequest, task_id: str) -> ActionItem:
    return queries.get_task(insider(request), task_id)


def _to(task: ActionItem) -> str:
    return reverse("network:task", args=[task.public_id])


def _crumbs(task: ActionItem) -> list[Crumb]:
    return [("Aufgabe", _to(task))]


def task(request: HttpRequest, task_id: str) -> HttpResponse:
    """One task; who may close it does so here."""
    found = _task(request, task_id)
    form = FinishForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.finish_task(by=request.actor, task=found, **form.cleaned_data)

    if request.method == "POST" and carried_out(form, act):
        return redirect("network:tasks")
    leads, is_owner = acts.leads_meeting(request.actor, found), found.owner_id == request.actor.person_id
    gave_it = found.given_by_id == request.actor.person_id
    may = {
        "may_close": leads or is_owner,
        "may_control": leads and not is_owner,
        "may_change": leads or is_owner or gave_it,
    }
    context = {"task": found, "form": form, **may}
    return render(request, "network/task.html", {**context, "today": timezone.localdate()})


def drop(request: HttpRequest, task_id: str) -> HttpResponse:
    found = _task(request, task_id)
    require(acts.may_close(request.actor, found), acts.NOT_YOURS)
    form = DropForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.drop_task(by=request.actor, task=found, **form.cleaned_data)

    return form_page(request, form, act, title="Nicht mehr nötig", crumbs=_crumbs(found), done="Abgeschlossen.")


def change(request: HttpRequest, task_id: str) -> HttpResponse:
    found = _task(request, task_id)
    gave_it = found.given_by_id == request.actor.person_id
    require(gave_it or acts.may_close(request.actor, found), acts.NOT_YOURS)
    first = {name: getattr(found, name) for name in ("text", "owner_name", "due_on", "revision")}
    form = TaskForm(request.POST or None, actor=request.actor, initial=first, owner_is_known=bool(found.owner_id))

    def act() -> None:
        acts.change_task(by=request.actor, task=found, **form.cleaned_data)

    return form_page(request, form, act, title="Aufgabe ändern", crumbs=_crumbs(found))


def control(request: HttpRequest, task_id: str) -> HttpResponse:
    return _one_click(request, _task(request, task_id), acts.control_task)


def reopen(request: HttpRequest, task_id: str) -> HttpResponse:
    return _one_click(request, _task(request, task_id), acts.reopen_task)


def _one_click(request: HttpRequest, found: ActionItem, verb: Callable[..., Any]) -> HttpResponse:
    if request.method == "POST":
        with refusals_told(request):
            verb(by=request.actor, task=found)
    return redirect(_to(found))
