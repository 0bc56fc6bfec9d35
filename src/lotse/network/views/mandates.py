"""Wer geht wohin: mandates of the house, and one's own time for meetings."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import form_page
from lotse.core.typed import recent_year
from lotse.network import rules
from lotse.network.actions import mandates as acts
from lotse.network.forms.mandates import MandateForm, TimeForm
from lotse.network.models import Mandate
from lotse.network.queries import mandates as queries
from lotse.network.views.shared import insider
from lotse.organisations.actor import Actor
from lotse.organisations.forms.shared import EndForm

LIST = ("Mandate", "/netzwerk/mandate/")


def mandates(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    year = recent_year(request.GET, today)
    span = queries.Span(date(year, 1, 1), date(year, 12, 31))
    matrix = queries.who_goes_where(actor, span, min(today, span.end))
    context = {
        "matrix": matrix,
        "parts": queries.parts_of_carriers(actor, span, today),
        "mandates": queries.mandates_listed(actor, today),
        "untimed": queries.untimed(actor, today),
        "without": queries.named_without_mandate(actor, today),
        "soon": today + queries.SOON,
        "today": today,
        "year": year,
        "grants": rules.grants_mandates(actor, actor.organisation_id),
    }
    return render(request, "network/mandates.html", context)


def _granting(request: HttpRequest) -> Actor:
    actor = insider(request)
    if not rules.grants_mandates(actor, actor.organisation_id):
        raise NotAllowed(acts.WHO_GRANTS)
    return actor


def new_mandate(request: HttpRequest) -> HttpResponse:
    return _grant(request, _granting(request), None)


def extend_mandate(request: HttpRequest, mandate_id: str) -> HttpResponse:
    """The next one, beginning when this ends."""
    actor = _granting(request)
    return _grant(request, actor, queries.get_mandate(actor, mandate_id))


def _grant(request: HttpRequest, actor: Actor, after: Mandate | None) -> HttpResponse:
    form = MandateForm(
        request.POST or None, actor=actor, initial=MandateForm.first(timezone.localdate(), after),
        people=queries.possible_holders(actor), formats=queries.possible_formats(actor),
    )  # fmt: skip

    def act() -> None:
        acts.grant_mandate(by=actor, **form.cleaned_data)

    return form_page(
        request, form, act, title="Mandat erteilen", crumbs=[LIST], submit="Mandat erteilen", done="Mandat erteilt."
    )


def end_mandate(request: HttpRequest, mandate_id: str) -> HttpResponse:
    actor = insider(request)
    mandate = queries.get_mandate(actor, mandate_id)
    if not rules.ends_mandate(actor, mandate):
        raise NotAllowed(acts.WHO_GRANTS)
    form = EndForm(request.POST or None, actor=actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.end_mandate(by=actor, mandate=mandate, **form.cleaned_data)

    lead = f"{mandate.person} für „{mandate.format}“, {mandate.scope}."
    return form_page(
        request, form, act, title="Mandat beenden", crumbs=[LIST], lead=lead, submit="Beenden", done="Mandat beendet."
    )


def own_time(request: HttpRequest, timed_id: str) -> HttpResponse:
    actor = insider(request)
    attendance = queries.get_own_attendance(actor, timed_id)
    minutes = attendance.minutes or queries.usual_minutes(actor, attendance)
    form = TimeForm(request.POST or None, actor=actor, initial={"minutes": minutes})

    def act() -> None:
        acts.enter_time(by=actor, attendance=attendance, **form.cleaned_data)

    crumbs = [("Mandate", reverse("network:mandates"))]
    return form_page(request, form, act, title=f"Meine Zeit: {attendance.meeting}", crumbs=crumbs)
