"""The plan of an agency and its tasks."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions import plan as acts
from lotse.agency.actions.plan_copies import continue_tasks as continue_action
from lotse.agency.enums import DocumentKind
from lotse.agency.forms.plan import ContinueForm, TaskForm
from lotse.agency.models import AgencyDocument, Task
from lotse.agency.queries import plan as queries
from lotse.agency.queries.changes import changes_of
from lotse.agency.queries.hints import standing_hints
from lotse.agency.queries.staff import specialists
from lotse.agency.queries.way import by_place, comments_of
from lotse.agency.themes import theme_hint
from lotse.agency.timebar import time_bar
from lotse.agency.views.papers import document_page, head
from lotse.agency.views.shared import (
    WRITERS,
    document_crumbs,
    document_url,
    insider,
    open_document,
    own_document,
)
from lotse.core import drafts
from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, button, form_page
from lotse.organisations.actor import Actor

DRAFT = "agency-task"
SAME = ("title", "field", "occasion", "overall_goal", "target_groups", "methods", "resources", "revision")


def plan(request: HttpRequest, task_plan_id: str) -> HttpResponse:
    document, actor = open_document(request, task_plan_id, DocumentKind.TASK_PLAN), request.actor
    tasks, is_open = queries.tasks_of(document), document.is_writable
    steps = [step for task in tasks for step in task.steps.all()]
    return document_page(
        request, document, "agency/plan.html", tasks=tasks, shown_places=queries.places_on_plan(tasks),
        hints={hint.place: hint for hint in standing_hints(document, [h for task in tasks for h in hints_of(task)])},
        bar=time_bar(document, sorted(steps, key=lambda step: step.starts_on), timezone.localdate()),
        may_continue=is_open and bool(queries.to_continue(document)),
        **_changes(actor, document),
    )  # fmt: skip


def _changes(actor: Actor, document: AgencyDocument) -> dict[str, Any]:
    """Of this plan, and what this reader may do with them."""
    works, releases = rules.works_in(actor, document.agency), rules.releases(actor, document.agency)
    return {
        "changes": changes_of(actor, document),
        "may_note_change": rules.may_note_change(actor, document),
        "may_decide": releases,
        "may_tell": works or releases,
        "works_here": works,
    }


def hints_of(task: Task) -> list[Any]:
    spans = [(step.starts_on, step.ends_on) for step in task.steps.all()]
    return theme_hint(task.public_id, task.title, spans)


def task(request: HttpRequest, agency_task_id: str) -> HttpResponse:
    found, today = queries.get_task(insider(request), agency_task_id), timezone.localdate()
    document, partners = found.document, list(found.partners.all())
    talked_to = {row.kind for row in partners}
    context = {
        **head(request.actor, document),
        "task": found,
        "by_place": by_place(comments_of(request.actor, document)),
        "may_comment": rules.reviews(request.actor, document),
        "plan_url": document_url(document),
        "hints": standing_hints(document, hints_of(found)),
        "bar": time_bar(document, found.steps.all(), today),
        "partners": partners,
        "not_talked_to": [kind.label for kind in queries.EXPECTED if kind not in talked_to],
        "works_here": rules.works_in(request.actor, document.agency),
    }
    return render(request, "agency/task.html", context)


def own_task(request: HttpRequest, agency_task_id: str) -> Task:
    """For who may write its plan now."""
    found = queries.get_task(insider(request), agency_task_id)
    if not rules.may_write(request.actor, found.document):
        raise NotAllowed(WRITERS)
    return found


def task_url(task: Task) -> str:
    return reverse("agency:task", args=[task.public_id])


def task_crumbs(task: Task) -> list[Crumb]:
    return [*document_crumbs(task.document), (task.title, task_url(task))]


def _form_page(
    request: HttpRequest, document: AgencyDocument, first: dict[str, Any], act: Callable[[TaskForm], str], task: Task | None = None, **page: Any
) -> HttpResponse:  # fmt: skip
    """The form of a task, which keeps a draft of what is typed until it is saved."""
    actor, ref = request.actor, task.public_id if task else document.public_id
    draft = None if request.method == "POST" else drafts.load(actor, DRAFT, ref)
    typed = {name: texts if name == "needs" else texts[-1] for name, texts in drafts.typed(draft).items() if texts}
    people = specialists(document.agency, task.responsible if task else None)
    given = {"initial": {**first, **typed}, "needs": queries.needs_for(document, task), "people": people}
    form = TaskForm(request.POST or None, actor=actor, **given)
    context = {"template": "agency/task_form.html", "draft": draft, "draft_key": DRAFT, "ref": ref, **page}
    with drafts.saved_by_action(actor, DRAFT, ref):
        return form_page(request, form, lambda: act(form), **context)


def new_task(request: HttpRequest, task_plan_id: str) -> HttpResponse:
    """`?bedarf=`: the need it answers, ticked already."""
    document = own_document(request, task_plan_id, DocumentKind.TASK_PLAN)
    first = {"needs": request.GET.getlist("bedarf"), "responsible": request.actor.ref}

    def act(form: TaskForm) -> str:
        given = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        return task_url(acts.add_task(by=request.actor, document=document, **given))

    crumbs = document_crumbs(document)
    return _form_page(request, document, first, act, title="Neue Aufgabe", crumbs=crumbs, done="Geplant.")


def edit_task(request: HttpRequest, agency_task_id: str) -> HttpResponse:
    found = own_task(request, agency_task_id)
    first = {name: getattr(found, name) for name in SAME}
    first |= {"needs": [need.public_id for need in found.needs.all()]}
    first |= {"responsible": found.responsible and found.responsible.public_id}

    def act(form: TaskForm) -> str:
        return task_url(acts.change_task(by=request.actor, task=found, **form.cleaned_data))

    return _form_page(request, found.document, first, act, found, title="Aufgabe ändern", crumbs=task_crumbs(found))


def remove_task(request: HttpRequest, agency_task_id: str) -> HttpResponse:
    """To the plan, where a refusal is told too."""
    found = own_task(request, agency_task_id)
    to = document_url(found.document)
    return button(request, lambda: acts.remove_task(by=request.actor, task=found), to, "Gelöscht.")


def continue_tasks(request: HttpRequest, task_plan_id: str) -> HttpResponse:
    document = own_document(request, task_plan_id, DocumentKind.TASK_PLAN)
    offered = {task.public_id: task for task in queries.to_continue(document)}
    form = ContinueForm(request.POST or None, actor=request.actor, initial={"tasks": list(offered)}, tasks=offered)

    def act() -> None:
        continue_action(by=request.actor, document=document, **form.cleaned_data)

    lead = "Ziele, Schritte und Partner kommen mit, um die Jahre verschoben. Abgestimmt wird neu."
    crumbs = document_crumbs(document)
    return form_page(
        request, form, act, title="Aus dem Vorjahr übernehmen", crumbs=crumbs, lead=lead, done="Übernommen.", submit="Übernehmen"
    )  # fmt: skip
