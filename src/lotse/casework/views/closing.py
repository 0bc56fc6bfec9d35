from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework import queries
from lotse.casework.actions import cases
from lotse.casework.enums import CaseState, Tier
from lotse.casework.forms import EndForm, EvaluationForm, SustainabilityForm, end_states
from lotse.casework.models import Client
from lotse.casework.queries.custody import owed_to
from lotse.casework.views.cases import open_case_of
from lotse.casework.views.shared import file_view, form_page, page
from lotse.casework.views.sheets import Sheet, open_sheet
from lotse.core.formflow import refusals_told
from lotse.partners.queries import by_kind, partner_list


@file_view("Abschluss", tab="closing")
def closing(request: HttpRequest, client: Client) -> HttpResponse:
    case = queries.current_case(client)
    return page(
        request, client, "casework/closing.html",
        case=case, is_managed=bool(case and case.tier == Tier.CASE_MANAGEMENT),
    )  # fmt: skip


def _to(client: Client) -> str:
    return f"/akte/{client.public_id}/abschluss/"


@file_view("Abschluss", tab="closing")
def evaluate(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(request, client)

    def read() -> dict[str, Any]:
        fresh = open_case_of(request, client)
        day = fresh.evaluated_on or timezone.localdate()
        return {"on": day, "evaluation": fresh.evaluation, "client_view": fresh.client_view, "revision": fresh.revision}

    sheet = open_sheet(request, client, read, "evaluation")
    form = EvaluationForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        cases.evaluate(by=request.actor, case=case, **form.cleaned_data)

    notice = "Wenn Ziel und Ergebnis auseinandergehen, ist das kein Versagen: Menschen entscheiden selbst."
    return _save(request, client, form, act, "Auswertung", "Auswertung gespeichert.", sheet, notice=notice)


def _save(
    request: HttpRequest,
    client: Client,
    form: Any,
    act: Callable[[], Any],
    title: str,
    done: str,
    sheet: Sheet,
    **context: Any,
) -> HttpResponse:
    return form_page(request, client, form, act, title=title, done=done, to=_to(client), sheet=sheet, **context)


@file_view("Abschluss", tab="closing")
def sustainability(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(request, client)

    def read() -> dict[str, Any]:
        fresh = open_case_of(request, client)
        day = fresh.sustainability_checked_on or timezone.localdate()
        return {"on": day, "result": fresh.sustainability, "revision": fresh.revision}

    sheet = open_sheet(request, client, read, "sustainability")
    form = SustainabilityForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        cases.check_sustainability(by=request.actor, case=case, **form.cleaned_data)

    return _save(request, client, form, act, "Nachhaltigkeit prüfen", "Prüfung gespeichert.", sheet)


@file_view("Abschluss", tab="closing")
def end(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(request, client)

    def read() -> dict[str, Any]:
        fresh = open_case_of(request, client)
        plain = {name: getattr(fresh, name) for name in ("part_a_reason", "part_b_reason", "revision")}
        return {"on": timezone.localdate(), **plain}

    sheet = open_sheet(request, client, read)
    partners = {p.public_id: p for p in partner_list(request.actor)}
    form = EndForm(
        request.POST or None,
        actor=request.actor,
        initial=sheet.initial,
        states=end_states(case),
        partners=by_kind(request.actor, partners.values()),
    )

    def act() -> None:
        data = {**form.cleaned_data, "state": CaseState(form.cleaned_data["state"])}
        cases.end_case(by=request.actor, case=case, **{**data, "referred_to": partners.get(data["referred_to"])})

    return _save(request, client, form, act, "Fall beenden", "Der Fall ist beendet.", sheet, owed=owed_to(client))


@file_view("Abschluss", tab="closing")
def reopen(request: HttpRequest, client: Client) -> HttpResponse:
    case = queries.current_case(client)
    if request.method == "POST" and case:
        with refusals_told(request):
            cases.reopen(by=request.actor, case=case, on=timezone.localdate())
            messages.success(request, "Neue Episode eröffnet.")
    return redirect("casework:overview", client.public_id)
