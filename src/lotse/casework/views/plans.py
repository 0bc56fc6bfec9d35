from collections.abc import Callable, Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework import queries, rules
from lotse.casework.actions import plans
from lotse.casework.documents import plan_paper
from lotse.casework.enums import Achievement, PlanState
from lotse.casework.forms import (
    AchievementForm,
    DayForm,
    EndPlanForm,
    EnvironmentForm,
    GoalForm,
    HandOutForm,
    StatusForm,
    StepForm,
    plan_ends,
)
from lotse.casework.models import Client, PlanGoal, PlanStep, SupportPlan
from lotse.casework.queries.scans import scans_of
from lotse.casework.views.cases import open_case_of
from lotse.casework.views.shared import asked_version, file_view, form_page, page
from lotse.casework.views.sheets import Sheet, open_sheet
from lotse.catalogues.texts import client_languages, language_or_german
from lotse.core.formflow import refusals_told
from lotse.core.typed import whole
from lotse.documents.answers import pdf_answer


def plan_url(client: Client) -> str:
    return f"/akte/{client.public_id}/plan/"


def _plan(client: Client, version: int = 0) -> SupportPlan:
    found = queries.plan_of(client, version)
    if found is None:
        raise Http404
    return found


@file_view("Förderplan", tab="plan")
def plan(request: HttpRequest, client: Client) -> HttpResponse:
    version = asked_version(request)
    shown = queries.plan_of(client, version)
    if version and shown is None:
        raise Http404
    is_open = bool(shown and shown.state in plans.OPEN_STATES and not version)
    context = {
        "case": shown.case if shown else queries.current_case(client),
        "plan": shown,
        "is_earlier": bool(version),
        "earlier": range(1, shown.version) if shown and not version else [],
        "may_change": rules.can_counsel(request.actor) and is_open,
        "scans": scans_of(shown),
        "is_open": rules.plan_is_open(client),
        "languages": client_languages(),
    }
    return page(request, client, "casework/plan.html", **context, achievements=Achievement.choices)


@file_view("Förderplan", tab="plan")
def begin(request: HttpRequest, client: Client) -> HttpResponse:
    if request.method == "POST":
        data = {
            "municipality_code": client.site.municipality_code,
            "manager_number": client.responsible.manager_number,
        }
        case = open_case_of(request, client)
        with refusals_told(request):
            plans.begin_plan(by=request.actor, case=case, on=timezone.localdate(), **data)
    return redirect(plan_url(client))


def _shown_revision(request: HttpRequest) -> int | None:
    """The version of the plan on which the button stood."""
    return whole(request.POST.get("revision", ""))


def _sheet(request: HttpRequest, client: Client, read: Callable[[], dict[str, Any]], key: str = "") -> Sheet:
    """Values of a form of the plan, with the version of the whole plan."""
    return open_sheet(request, client, lambda: {**read(), "revision": _plan(client).revision}, key)


def _save(
    request: HttpRequest, client: Client, form: Any, act: Callable[[], Any], title: str, done: str, sheet: Sheet
) -> HttpResponse:
    return form_page(request, client, form, act, title=title, done=done, to=plan_url(client), sheet=sheet)


@file_view("Förderplan", tab="plan")
def environment(request: HttpRequest, client: Client) -> HttpResponse:
    plan = _plan(client)

    def read() -> dict[str, Any]:
        fresh = _plan(client)
        return {"environment": fresh.environment, "environment_note": fresh.environment_note}

    sheet = _sheet(request, client, read, "environment")
    form = EnvironmentForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        data = dict(form.cleaned_data)
        plans.answer_environment(by=request.actor, plan=plan, note=data.pop("environment_note"), **data)

    return _save(request, client, form, act, "Umfeld", "Gespeichert.", sheet)


@file_view("Förderplan", tab="plan")
def goal(request: HttpRequest, client: Client, goal_id: str = "") -> HttpResponse:
    existing = _goal(request, client, goal_id) if goal_id else None

    def read() -> dict[str, Any]:
        names = (*plans.GOAL_FIELDS, "status_override", "override_note")
        return _values(_goal(request, client, goal_id), names) if existing else {}

    sheet = _sheet(request, client, read, f"goal.{goal_id}")
    form = GoalForm(request.POST or None, actor=request.actor, initial=sheet.initial, is_new=existing is None)

    def act() -> None:
        if existing:
            plans.update_goal(by=request.actor, plan_goal=existing, **form.cleaned_data)
        else:
            plans.add_goal(by=request.actor, plan=_plan(client), **form.cleaned_data)

    return _save(request, client, form, act, "Ziel", "Ziel gespeichert.", sheet)


@file_view("Förderplan", tab="plan")
def step(request: HttpRequest, client: Client, goal_id: str = "", step_id: str = "") -> HttpResponse:
    existing = _step(request, client, step_id) if step_id else None
    goal = existing.goal if existing else _goal(request, client, goal_id)

    def read() -> dict[str, Any]:
        fresh = _step(request, client, step_id) if existing else None
        return _values(fresh, plans.STEP_FIELDS) if fresh else {"agreed_on": timezone.localdate()}

    sheet = _sheet(request, client, read, f"step.{step_id or goal_id}")
    form = StepForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        if existing:
            plans.update_step(by=request.actor, step=existing, **form.cleaned_data)
        else:
            plans.add_step(by=request.actor, goal=goal, **form.cleaned_data)

    return _save(request, client, form, act, "Arbeitsschritt", "Schritt gespeichert.", sheet)


def _goal(request: HttpRequest, client: Client, goal_id: str) -> PlanGoal:
    return _of_file(client, queries.get_goal(request.actor, goal_id))


def _step(request: HttpRequest, client: Client, step_id: str) -> PlanStep:
    return _of_file(client, queries.get_step(request.actor, step_id))


def _of_file(client: Client, found: Any) -> Any:
    """A goal of one file is not found under the address of another."""
    if found.client_id != client.pk:
        raise Http404
    return found


def _values(obj: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(obj, name) for name in names}


@file_view("Förderplan", tab="plan")
def strike_goal(request: HttpRequest, client: Client, goal_id: str) -> HttpResponse:
    if request.method == "POST":
        found, revision = _goal(request, client, goal_id), _shown_revision(request)
        with refusals_told(request):
            plans.remove_goal(by=request.actor, goal=found, revision=revision)
    return redirect(plan_url(client))


@file_view("Förderplan", tab="plan")
def strike_step(request: HttpRequest, client: Client, step_id: str) -> HttpResponse:
    if request.method == "POST":
        found, revision = _step(request, client, step_id), _shown_revision(request)
        with refusals_told(request):
            plans.remove_step(by=request.actor, step=found, revision=revision)
    return redirect(plan_url(client))


@file_view("Förderplan", tab="plan")
def achieve(request: HttpRequest, client: Client, step_id: str) -> HttpResponse:
    """Ticked off in place."""
    form = AchievementForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        found = _step(request, client, step_id)
        with refusals_told(request):
            plans.set_achievement(by=request.actor, step=found, **_result(form))
    return redirect(plan_url(client))


def _result(form: AchievementForm) -> dict[str, Any]:
    return {**form.cleaned_data, "achieved": Achievement(form.cleaned_data["achieved"])}


@file_view("Förderplan", tab="plan")
def result(request: HttpRequest, client: Client, step_id: str) -> HttpResponse:
    """The result with its day, and what came in between."""
    step = _step(request, client, step_id)

    def read() -> dict[str, Any]:
        fresh = _step(request, client, step_id)
        day = fresh.achieved_on or timezone.localdate()
        return {"achieved": fresh.achieved, "on": day, "reason": fresh.deviation_reason}

    sheet = _sheet(request, client, read, f"result.{step_id}")
    form = AchievementForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        plans.set_achievement(by=request.actor, step=step, **_result(form))

    return _save(request, client, form, act, f"Ergebnis: {step.text}", "Ergebnis gespeichert.", sheet)


def _day_step(
    request: HttpRequest, client: Client, act: Any, title: str, done: str, form_class: type[DayForm] = DayForm
) -> HttpResponse:
    plan = _plan(client)
    start = {"on": timezone.localdate(), "language": client.contact_language or "de"}
    sheet = _sheet(request, client, lambda: start)
    form = form_class(request.POST or None, actor=request.actor, initial=sheet.initial)
    return _save(
        request, client, form, lambda: act(by=request.actor, plan=plan, **form.cleaned_data), title, done, sheet
    )


@file_view("Förderplan", tab="plan")
def agree(request: HttpRequest, client: Client) -> HttpResponse:
    return _day_step(
        request, client, plans.agree, "Plan gemeinsam vereinbaren", "Plan vereinbart. Jetzt drucken und unterschreiben."
    )


@file_view("Förderplan", tab="plan")
def hand_out(request: HttpRequest, client: Client) -> HttpResponse:
    return _day_step(request, client, plans.hand_out, "Plan aushändigen", "Aushändigung festgehalten.", HandOutForm)


@file_view("Förderplan", tab="plan")
def sign(request: HttpRequest, client: Client) -> HttpResponse:
    return _day_step(
        request, client, plans.sign, "Unterschriften festhalten", "Unterschriften festgehalten. Der Plan läuft."
    )


@file_view("Förderplan", tab="plan")
def revise(request: HttpRequest, client: Client) -> HttpResponse:
    return _day_step(request, client, plans.revise, "Plan überarbeiten", "Neue Fassung angelegt.")


@file_view("Förderplan", tab="plan")
def end(request: HttpRequest, client: Client) -> HttpResponse:
    plan = _plan(client)
    sheet = _sheet(request, client, dict)
    form = EndPlanForm(request.POST or None, actor=request.actor, initial=sheet.initial, states=plan_ends(plan))

    def act() -> None:
        data = {**form.cleaned_data, "state": PlanState(form.cleaned_data["state"])}
        plans.end_plan(by=request.actor, plan=plan, **data)

    return _save(request, client, form, act, "Plan beenden", "Der Plan ist beendet.", sheet)


@file_view("Förderplan", tab="plan")
def status(request: HttpRequest, client: Client) -> HttpResponse:
    plan = _plan(client)
    sheet = _sheet(request, client, lambda: {"key_date": timezone.localdate()})
    form = StatusForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        plans.record_status(by=request.actor, plan=plan, **form.cleaned_data)

    return _save(request, client, form, act, "Stand zum Stichtag", "Stand festgehalten.", sheet)


@file_view("Förderplan als PDF", tab="plan")
def plan_pdf(request: HttpRequest, client: Client) -> FileResponse:
    paper = plan_paper(_plan(client, asked_version(request)), language_or_german(request.GET.get("sprache", "")))
    return pdf_answer(paper, f"foerderplan-{client.number}.pdf")
