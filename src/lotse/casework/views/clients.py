from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.auditlog.queries import asked, history, history_page
from lotse.casework import queries, rules
from lotse.casework.actions.clients import (
    note_appointment,
    register_client,
    remove_appointment,
    update_client,
)
from lotse.casework.enums import HandoverState
from lotse.casework.forms import AppointmentForm, NewPersonForm, PersonForm
from lotse.casework.models import Client
from lotse.casework.queries.access import handovers_of, open_assignments
from lotse.casework.queries.clocks import clocks
from lotse.casework.queries.discrimination import discrimination_of
from lotse.casework.queries.duplicates import linked_files
from lotse.casework.queries.merging import refs_of
from lotse.casework.queries.responsibility import responsible_by_rule
from lotse.casework.views.shared import actor_of, file_view, form_page, page, require_counsellor, require_reader
from lotse.casework.views.sheets import open_sheet
from lotse.core.fields import parse_partial_date
from lotse.core.formflow import carried_out
from lotse.core.htmx import render
from lotse.organisations.queries import sites_of


@require_reader
def client_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    text = request.GET.get("q", "")
    if text:
        rows, more = queries.search_clients(actor, text), ""
    else:
        found = queries.client_list(actor, request.GET.get("ab", ""))
        rows, more = found.rows, found.next_cursor
    context = {"rows": rows, "next_cursor": more, "text": text, "is_first": not request.GET.get("ab")}
    context |= {"may_add": rules.can_counsel(actor), "may_import": rules.can_import(actor)}
    return render(request, "casework/client_list.html", context, fragment="casework/_client_rows.html")


@require_counsellor
def new_client(request: HttpRequest) -> HttpResponse:
    """Search first: likely duplicates show while typing, on the same address."""
    actor = actor_of(request)
    found = _duplicates(request)
    sites = {s.public_id: s for s in sites_of(actor)}
    initial = {**request.GET.dict(), "informed_on": timezone.localdate(), "informed_language": "de"}
    choices = [(key, site.name) for key, site in sites.items()]
    doubt = bool(found and found.open)
    form = NewPersonForm(request.POST or None, actor=actor, initial=initial, sites=choices, has_duplicates=doubt)
    made: list[Client] = []
    if request.method == "POST" and carried_out(form, lambda: made.append(_register(actor, form, sites))):
        messages.success(request, "Person aufgenommen. Als Nächstes: Erstkontakt und Einwilligung.")
        return redirect("casework:overview", made[0].public_id)
    context = {"form": form, "duplicates": found}
    return render(request, "casework/new_client.html", context, fragment="casework/_duplicates.html")


def _duplicates(request: HttpRequest) -> queries.Duplicates | None:
    typed = request.POST or request.GET
    first, last, birth = (typed.get(name, "") for name in ("first_name", "last_name", "birth"))
    if not (first or last):
        return None
    try:
        day = parse_partial_date(birth).day if birth else None
    except ValidationError:  # the form says so beside the field
        day = None
    return queries.likely_duplicates(request.actor, first, last, day)


def _register(actor, form, sites) -> Client:
    names = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "informed_on", "informed_language")}
    site, warnings = sites[form.cleaned_data["site"]], form.acknowledged
    return register_client(by=actor, site=site, warnings=warnings, **names, **form.data_for_client())


@file_view("Akte", tab="overview")
def overview(request: HttpRequest, client: Client) -> HttpResponse:
    cases = queries.cases_of(client)
    case = cases[0] if cases else None
    plan = queries.current_plan(case) if case else None
    may_continue = rules.can_counsel(request.actor) and not rules.is_frozen(client)
    may_change = bool(case and case.is_open and may_continue)
    is_ads = bool(case and rules.is_about_discrimination(case.programme.code))
    return page(
        request,
        client,
        "casework/overview.html",
        may_continue=may_continue,
        case=case,
        open_case_id=case.pk if case and may_change else 0,
        cases=cases,
        contacts=queries.timeline(client),
        goals_are_due=bool(case and queries.goals_are_due(case, plan, timezone.localdate())),
        has_priority=bool(case and rules.has_priority(case.target_group, case.has_course_duty)),
        clocks=clocks(case, timezone.localdate()) if case else [],
        discrimination=discrimination_of(case) if is_ads else None,
        is_ads=is_ads,
        named_by_rule=responsible_by_rule(client) if client.moved_on else None,
        plan=plan,
        linked=linked_files(request.actor, client),
    )


@file_view("Person", tab="overview")
def edit_client(request: HttpRequest, client: Client) -> HttpResponse:
    def read() -> dict[str, Any]:
        return PersonForm.initial_from(queries.get_client(request.actor, client.public_id))

    sheet = open_sheet(request, client, read, "person")
    form = PersonForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        names = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "revision")}
        update_client(by=request.actor, client=client, **names, **form.data_for_client())

    to = f"/akte/{client.public_id}/"
    return form_page(request, client, form, act, title="Person", done="Gespeichert.", to=to, sheet=sheet)


@file_view("Verlauf und Zugriffe", tab="history")
def file_history(request: HttpRequest, client: Client) -> HttpResponse:
    only, after = asked(request.GET)
    events = history(*refs_of(client), changes=only != "reads", reads=only != "changes", after=after)
    context = {
        "history": history_page(events),
        "only": only,
        **_handovers(client),
        "assignments": open_assignments(client, timezone.localdate()),
        "may_pass_on": rules.may_pass_on(request.actor, client),
    }
    return page(request, client, "casework/history.html", **context)


def _handovers(client: Client) -> dict[str, Any]:
    rows = handovers_of(client)
    accepted = [row for row in rows if row.state == HandoverState.ACCEPTED]
    return {"handovers": rows, "passed_on": accepted, "is_offered": len(rows) > len(accepted)}


@require_counsellor
def appointments(request: HttpRequest) -> HttpResponse:
    """A name and a time before there is consent; gone after three months."""
    actor = actor_of(request)
    sites = {s.public_id: s for s in sites_of(actor)}
    form = AppointmentForm(request.POST or None, actor=actor, sites=[(k, s.name) for k, s in sites.items()])

    def act() -> None:
        data = form.cleaned_data
        note_appointment(by=actor, site=sites[data["site"]], name=data["name"], takes_place_at=data["takes_place_at"])

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, "Termin vorgemerkt.")
        return redirect("casework:appointments")
    return render(request, "casework/appointments.html", {"form": form, "rows": queries.my_appointments(actor, 100)})


@require_counsellor
def drop_appointment(request: HttpRequest, note_id: str) -> HttpResponse:
    note = queries.get_appointment(actor_of(request), note_id)
    if request.method == "POST":
        remove_appointment(by=request.actor, note=note)
    return redirect("casework:appointments")
