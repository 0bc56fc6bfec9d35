"""The roster of a week, one's own week, single duties."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.core.formpages import form_page
from lotse.correspondence.calendars import Appointment, anonymous_ref, calendar_answer
from lotse.documents.answers import pdf_answer
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.organisations.queries import own_organisation
from lotse.quality.actions import duty as acts
from lotse.quality.duty_papers import week_paper
from lotse.quality.forms.duty import DutyForm, typed
from lotse.quality.queries import duty as queries
from lotse.quality.queries.rosters import roster_on
from lotse.quality.views.shared import insider
from lotse.quality.views.shared_duty import asked_day, duty_crumbs, must_plan, planner, plans, team_crumbs, week_url


def duty(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    sites = queries.sites(actor)
    site = sites.get(request.GET.get("stelle", ""))
    week = queries.week(actor, queries.monday_of(asked_day(request)), site=site)
    context = {
        "week": week, "sites": sites, "site": site, "today": timezone.localdate(), "plans": plans(actor),
        "roster": roster_on(actor, week.monday, week.last), "crumbs": team_crumbs(),
    }  # fmt: skip
    return render(request, "quality/duty.html", context)


def my_duty(request: HttpRequest) -> HttpResponse:
    week = queries.my_week(insider(request), queries.monday_of(asked_day(request)))
    context = {"week": week, "today": timezone.localdate(), "is_mine": True, "crumbs": duty_crumbs()}
    return render(request, "quality/duty.html", context)


def my_duty_ics(request: HttpRequest) -> HttpResponse:
    """When and where, and nobody's name."""
    week = queries.my_week(insider(request), queries.monday_of(asked_day(request)))
    rows = [
        Appointment(
            anonymous_ref(shift.duty.public_id), shift.duty.get_kind_display(), shift.starts_at,
            place=str(shift.duty.site or ""), lasts=shift.lasts,
        )
        for shift in week.shifts
    ]  # fmt: skip
    return calendar_answer(rows, "dienst.ics")


def duty_pdf(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    week = queries.week(actor, queries.monday_of(asked_day(request)))
    return pdf_answer(week_paper(week, str(own_organisation(actor))), f"Dienstplan {week.monday:%Y-%m-%d}.pdf")


def new_duty(request: HttpRequest) -> HttpResponse:
    actor, house = planner(request)
    day = asked_day(request)
    form = _form(request, actor, day, {"day": day})
    form.fields.pop("is_off")

    def act() -> str:
        given = {name: value for name, value in form.cleaned_data.items() if name not in ("revision", "is_off")}
        return week_url(acts.add_duty(by=actor, organisation=house, **given).day)

    return form_page(request, form, act, title="Dienst eintragen", crumbs=duty_crumbs(), done="Eingetragen.")


def edit_duty(request: HttpRequest, duty_id: str) -> HttpResponse:
    found = queries.get_duty(insider(request), duty_id)
    must_plan(request.actor, found.organisation)
    first = typed(found, "day", "begins", "ends", "kind", "site", "person", "deputy", "note", "is_off")
    form = _form(request, request.actor, found.day, first, found.person, found.deputy)

    def act() -> str:
        return week_url(acts.change_duty(by=request.actor, duty=found, **form.cleaned_data).day)

    return form_page(request, form, act, title="Dienst ändern", crumbs=duty_crumbs(("Woche", week_url(found.day))))


def _form(request: HttpRequest, actor: Actor, day: date, first: dict[str, Any], *known: Person | None) -> DutyForm:
    """Whoever is in it already stays in the list."""
    people = {**queries.people(actor, day), **{person.public_id: person for person in known if person}}
    return DutyForm(request.POST or None, actor=actor, people=people, sites=queries.sites(actor), initial=first)
