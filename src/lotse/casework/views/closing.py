from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework import queries
from lotse.casework.actions import cases
from lotse.casework.enums import CaseState, Tier
from lotse.casework.forms import EndForm, EvaluationForm, SustainabilityForm, end_states
from lotse.casework.models import Client, CounsellingCase
from lotse.casework.views.cases import open_case_of
from lotse.casework.views.shared import file_view, form_page, page
from lotse.organisations.actor import Actor


@file_view("Abschluss", tab="closing")
def closing(request: HttpRequest, client: Client) -> HttpResponse:
    case = queries.current_case(client)
    return page(
        request, client, "casework/closing.html", case=case, is_managed=bool(case and case.tier == Tier.CASE_MANAGEMENT)
    )


def _to(client: Client) -> str:
    return f"/akte/{client.public_id}/abschluss/"


@file_view("Abschluss", tab="closing")
def evaluate(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(client)
    initial = {"on": case.evaluated_on or timezone.localdate(), "evaluation": case.evaluation}
    form = EvaluationForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        cases.evaluate(by=request.actor, case=case, **form.cleaned_data)

    notice = "Wenn Ziel und Ergebnis auseinandergehen, ist das kein Versagen: Menschen entscheiden selbst."
    return form_page(
        request, client, form, act, title="Auswertung", done="Auswertung gespeichert.", to=_to(client), notice=notice
    )


@file_view("Abschluss", tab="closing")
def sustainability(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(client)
    initial = {"on": timezone.localdate(), "result": case.sustainability}
    form = SustainabilityForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        cases.check_sustainability(by=request.actor, case=case, **form.cleaned_data)

    title = "Nachhaltigkeit prüfen"
    return form_page(request, client, form, act, title=title, done="Prüfung gespeichert.", to=_to(client))


@file_view("Abschluss", tab="closing")
def end(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(client)
    initial = {"on": timezone.localdate(), "part_a_reason": case.part_a_reason, "part_b_reason": case.part_b_reason}
    form = EndForm(request.POST or None, actor=request.actor, initial=initial, states=end_states(case))
    done = "Der Fall ist beendet."
    return form_page(
        request, client, form, lambda: _end(request.actor, case, form), title="Fall beenden", done=done, to=_to(client)
    )


def _end(actor: Actor, case: CounsellingCase, form: EndForm) -> None:
    data = form.cleaned_data
    reasons = {"part_a_reason": data["part_a_reason"], "part_b_reason": data["part_b_reason"]}
    cases.end_case(
        by=actor,
        case=case,
        state=CaseState(data["state"]),
        on=data["on"],
        reason=data["reason"],
        note=data["note"],
        **reasons,
    )


@file_view("Abschluss", tab="closing")
def reopen(request: HttpRequest, client: Client) -> HttpResponse:
    case = queries.current_case(client)
    if request.method == "POST" and case:
        try:
            cases.reopen(by=request.actor, case=case, on=timezone.localdate())
            messages.success(request, "Neue Episode eröffnet.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect("casework:overview", client.public_id)
