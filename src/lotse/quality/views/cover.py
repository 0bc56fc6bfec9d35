"""The deputy plan and the emergency list."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.core.formpages import button, form_page
from lotse.core.paging import part_of
from lotse.quality.actions import cover as acts
from lotse.quality.forms.duty import ContactForm, StandInForm, typed
from lotse.quality.models import StandIn
from lotse.quality.queries import cover as queries
from lotse.quality.queries.duty import people
from lotse.quality.views.shared import insider
from lotse.quality.views.shared_duty import asked_day, cover_crumbs, must_plan, planner, plans, team_crumbs

LONGEST = timedelta(days=366)


def cover(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    first, last = _period(request)
    lines = queries.plan(actor, first, last)
    part = part_of(lines, request.GET.get("ab", ""))
    context = {
        "part": part, "whole": sum(line.is_whole for line in lines), "first": first, "last": last, "plans": plans(actor),
        "others": queries.others(actor, lines, first, last), "contacts": queries.contacts(actor), "crumbs": team_crumbs(),
        "today": timezone.localdate(), "query": urlencode({"von": first, "bis": last}),
    }  # fmt: skip
    return render(request, "quality/cover.html", context)


def _period(request: HttpRequest) -> tuple[date, date]:
    """Today, or the days that are asked for: a year at most."""
    first = asked_day(request, "von")
    last = asked_day(request, "bis") if request.GET.get("bis") else first
    return first, min(max(first, last), first + LONGEST)


def new_stand_in(request: HttpRequest) -> HttpResponse:
    actor, house = planner(request)
    form = _stand_in_form(request, {"valid_from": timezone.localdate(), "person": request.GET.get("person", "")})

    def act() -> None:
        given = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        acts.enter_stand_in(by=actor, organisation=house, **given)

    return form_page(request, form, act, title="Vertretung eintragen", crumbs=cover_crumbs(), done="Eingetragen.")


def edit_stand_in(request: HttpRequest, stand_in_id: str) -> HttpResponse:
    found = queries.get_stand_in(insider(request), stand_in_id)
    must_plan(request.actor, found.organisation)
    form = _stand_in_form(request, typed(found, "person", "deputy", "scope", "valid_from", "valid_to"), found)

    def act() -> None:
        acts.change_stand_in(by=request.actor, stand_in=found, **form.cleaned_data)

    return form_page(request, form, act, title="Vertretung ändern", crumbs=cover_crumbs())


def _stand_in_form(request: HttpRequest, first: dict[str, Any], row: StandIn | None = None) -> StandInForm:
    known = {one.public_id: one for one in (row.person, row.deputy)} if row else {}
    chosen = {**people(request.actor, timezone.localdate()), **known}
    return StandInForm(request.POST or None, actor=request.actor, people=chosen, initial=first)


def new_contact(request: HttpRequest) -> HttpResponse:
    actor, house = planner(request)
    form = ContactForm(request.POST or None, actor=actor)

    def act() -> None:
        given = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        acts.add_contact(by=actor, organisation=house, **given)

    return form_page(request, form, act, title="Notfallliste ergänzen", crumbs=cover_crumbs(), done="Eingetragen.")


def edit_contact(request: HttpRequest, emergency_contact_id: str) -> HttpResponse:
    found = queries.get_contact(insider(request), emergency_contact_id)
    must_plan(request.actor, found.organisation)
    first = typed(found, "name", "phone", "matter")
    form = ContactForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        acts.change_contact(by=request.actor, contact=found, **form.cleaned_data)

    return form_page(
        request, form, act, title="Notfallliste ändern", crumbs=cover_crumbs(), template="quality/emergency_contact.html",
        contact=found,
    )  # fmt: skip


def remove_contact(request: HttpRequest, emergency_contact_id: str) -> HttpResponse:
    found = queries.get_contact(insider(request), emergency_contact_id)
    must_plan(request.actor, found.organisation)

    def act() -> None:
        acts.remove_contact(by=request.actor, contact=found)

    return button(request, act, cover_crumbs()[-1][1], "Entfernt.")
