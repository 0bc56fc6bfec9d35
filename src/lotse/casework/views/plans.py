from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework import queries, rules
from lotse.casework.actions import plans
from lotse.casework.documents import plan_paper
from lotse.casework.enums import Achievement
from lotse.casework.forms import (
    AchievementForm,
    DayForm,
    EnvironmentForm,
    GoalForm,
    HandOutForm,
    StatusForm,
    StepForm,
)
from lotse.casework.models import Client, SupportPlan
from lotse.casework.views.cases import open_case_of
from lotse.casework.views.shared import file_view, form_page, page, with_draft
from lotse.catalogues.texts import client_languages, language_or_german
from lotse.documents.answers import pdf_answer


def plan_url(client: Client) -> str:
    return f"/akte/{client.public_id}/plan/"


def _plan(client: Client) -> SupportPlan:
    case = queries.current_case(client)
    found = queries.plan_of(case) if case else None
    if found is None:
        raise Http404
    return found


@file_view("Förderplan", tab="plan")
def plan(request: HttpRequest, client: Client) -> HttpResponse:
    case = queries.current_case(client)
    shown = queries.plan_of(case) if case else None
    context = {
        "case": case,
        "plan": shown,
        "may_change": rules.can_counsel(request.actor) and bool(shown and shown.state in plans.OPEN_STATES),
        "is_open": rules.plan_is_open(client),
        "languages": client_languages(),
    }
    return page(request, client, "casework/plan.html", **context, achievements=Achievement.choices)


@file_view("Förderplan", tab="plan")
def begin(request: HttpRequest, client: Client) -> HttpResponse:
    if request.method == "POST":
        case = open_case_of(client)
        try:
            data = {
                "municipality_code": client.site.municipality_code,
                "manager_number": client.responsible.manager_number,
            }
            plans.begin_plan(by=request.actor, case=case, on=timezone.localdate(), **data)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect(plan_url(client))


@file_view("Förderplan", tab="plan")
def environment(request: HttpRequest, client: Client) -> HttpResponse:
    plan = _plan(client)
    initial = {"environment": plan.environment, "environment_note": plan.environment_note}
    form = EnvironmentForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        data = form.cleaned_data
        plans.answer_environment(
            by=request.actor, plan=plan, environment=data["environment"], note=data["environment_note"]
        )

    return form_page(request, client, form, act, title="Umfeld", done="Gespeichert.", to=plan_url(client))


@file_view("Förderplan", tab="plan")
def goal(request: HttpRequest, client: Client, goal_id: str = "") -> HttpResponse:
    plan = _plan(client)
    existing = queries.get_goal(request.actor, goal_id) if goal_id else None
    start = {name: getattr(existing, name) for name in plans.GOAL_FIELDS} if existing else {}
    key = f"goal.{goal_id}"
    initial, draft = with_draft(request, key, client.public_id, start)
    form = GoalForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        if existing:
            plans.update_goal(by=request.actor, goal=existing, **form.cleaned_data)
        else:
            plans.add_goal(by=request.actor, plan=plan, **form.cleaned_data)

    context: dict[str, Any] = {"draft": draft, "draft_key": key}
    return form_page(request, client, form, act, title="Ziel", done="Ziel gespeichert.", to=plan_url(client), **context)


@file_view("Förderplan", tab="plan")
def step(request: HttpRequest, client: Client, goal_id: str = "", step_id: str = "") -> HttpResponse:
    existing = queries.get_step(request.actor, step_id) if step_id else None
    goal = existing.goal if existing else queries.get_goal(request.actor, goal_id)
    start = (
        {name: getattr(existing, name) for name in plans.STEP_FIELDS}
        if existing
        else {"agreed_on": timezone.localdate()}
    )
    key = f"step.{step_id or goal_id}"
    initial, draft = with_draft(request, key, client.public_id, start)
    form = StepForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        if existing:
            plans.update_step(by=request.actor, step=existing, **form.cleaned_data)
        else:
            plans.add_step(by=request.actor, goal=goal, **form.cleaned_data)

    context: dict[str, Any] = {"draft": draft, "draft_key": key}
    return form_page(
        request, client, form, act, title="Arbeitsschritt", done="Schritt gespeichert.", to=plan_url(client), **context
    )


@file_view("Förderplan", tab="plan")
def achieve(request: HttpRequest, client: Client, step_id: str) -> HttpResponse:
    """Ticked off in place."""
    form = AchievementForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        found = queries.get_step(request.actor, step_id)
        try:
            achieved = Achievement(form.cleaned_data["achieved"])
            plans.set_achievement(by=request.actor, step=found, achieved=achieved, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect(plan_url(client))


def _day_step(
    request: HttpRequest, client: Client, act: Any, title: str, done: str, form_class: type[DayForm] = DayForm
) -> HttpResponse:
    plan = _plan(client)
    initial = {"on": timezone.localdate(), "language": client.contact_language or "de"}
    form = form_class(request.POST or None, actor=request.actor, initial=initial)
    return form_page(
        request,
        client,
        form,
        lambda: act(by=request.actor, plan=plan, **form.cleaned_data),
        title=title,
        done=done,
        to=plan_url(client),
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
def status(request: HttpRequest, client: Client) -> HttpResponse:
    plan = _plan(client)
    form = StatusForm(request.POST or None, actor=request.actor, initial={"key_date": timezone.localdate()})

    def act() -> None:
        plans.record_status(by=request.actor, plan=plan, **form.cleaned_data)

    return form_page(
        request, client, form, act, title="Stand zum Stichtag", done="Stand festgehalten.", to=plan_url(client)
    )


@file_view("Förderplan als PDF", tab="plan")
def plan_pdf(request: HttpRequest, client: Client) -> FileResponse:
    paper = plan_paper(_plan(client), language_or_german(request.GET.get("sprache", "")))
    return pdf_answer(paper, f"foerderplan-{client.number}.pdf")
