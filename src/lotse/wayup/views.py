"""The pages of the way up: years, units, sums."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.core.formflow import carried_out, refusals_told
from lotse.core.formpages import form_page
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.views.shared import actor_of
from lotse.wayup import pages, queries, rules
from lotse.wayup.actions import closings, files
from lotse.wayup.closed_lists import all_forms
from lotse.wayup.forms import FileForm, PeriodForm, ReasonForm
from lotse.wayup.models import Closing
from lotse.wayup.tables import Refused


def reporting(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    require(actor.may(Permission.REPORT_UP), "Meldungen sehen Leitung und Koordination.")
    return actor


def periods(request: HttpRequest) -> HttpResponse:
    actor = reporting(request)
    return render(request, "wayup/periods.html", pages.overview(actor))


def new_period(request: HttpRequest) -> HttpResponse:
    actor = reporting(request)
    require(rules.reports_for(actor, queries.top_of(actor).pk), "Den Zeitraum legt die oberste Ebene an.")
    today = timezone.localdate()
    first = {"year": f"{today.year - 1}", "due_on": today.replace(month=3, day=31)}
    form = PeriodForm(request.POST or None, actor=actor, today=today, offers=all_forms(), initial=first)

    def act() -> None:
        closings.open_period(by=actor, **form.values)

    to = reverse("wayup:periods")
    return form_page(request, form, act, title="Neuer Zeitraum", done="Angelegt.", crumbs=[("Meldungen", to)])


def unit(request: HttpRequest, period_id: str, unit_ref: str) -> HttpResponse:
    actor = reporting(request)
    period, found = queries.get_period(actor, period_id), queries.get_unit(actor, unit_ref)
    return render(request, "wayup/unit.html", pages.unit_page(actor, period, found))


def draw_up(request: HttpRequest, period_id: str, unit_ref: str) -> HttpResponse:
    actor = reporting(request)
    period, found = queries.get_period(actor, period_id), queries.get_unit(actor, unit_ref)
    require(rules.reports_for(actor, found.organisation_id), closings.NOT_YOURS)
    if request.method == "POST":
        with refusals_told(request):
            closings.draw_up(by=actor, period=period, unit=found)
    return redirect("wayup:unit", period_id, unit_ref)


def _page_of(closing: Closing) -> HttpResponse:
    return redirect("wayup:unit", closing.period.public_id, closing.unit_ref)


def _closing(request: HttpRequest, closing_id: str) -> Closing:
    return queries.get_closing(reporting(request), closing_id)


def approve(request: HttpRequest, closing_id: str) -> HttpResponse:
    found = _closing(request, closing_id)
    require(rules.reports_for(request.actor, found.organisation_id), closings.NOT_YOURS)
    if request.method == "POST":
        with refusals_told(request):
            closings.approve(by=request.actor, closing=found, sha256=request.POST.get("sha256", ""))
            messages.success(request, "Freigegeben.")
    return _page_of(found)


def accept(request: HttpRequest, closing_id: str) -> HttpResponse:
    found = _closing(request, closing_id)
    require(rules.adds_up(request.actor, found), closings.NOT_ABOVE)
    if request.method == "POST":
        with refusals_told(request):
            closings.accept(by=request.actor, closing=found)
            messages.success(request, "Angenommen.")
    return _page_of(found)


def reopen(request: HttpRequest, closing_id: str) -> HttpResponse:
    found = _closing(request, closing_id)
    require(rules.may_reopen(request.actor, found), closings.NOT_ABOVE)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        closings.reopen(by=request.actor, closing=found, reason=form.cleaned_data["reason"])

    to = reverse("wayup:unit", args=[found.period.public_id, found.unit_ref])
    title = pages.reopening(request.actor, found)
    return form_page(request, form, act, title=title, done="Wieder geöffnet.", crumbs=[(str(found), to)])


def send(request: HttpRequest, closing_id: str) -> HttpResponse:
    found = _closing(request, closing_id)
    require(rules.reports_for(request.actor, found.organisation_id), closings.NOT_YOURS)
    if request.method == "POST":
        with refusals_told(request):
            return _as_file(found, files.seal_file(by=request.actor, closing=found))
    return _page_of(found)


def _as_file(closing: Closing, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/json")
    name = f"meldung-{closing.period}-fassung-{closing.revision}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def receive(request: HttpRequest) -> HttpResponse:
    actor, form, made = reporting(request), FileForm(request.POST or None, request.FILES or None), []

    def act() -> None:
        try:
            made.append(files.receive_file(by=actor, content=form.cleaned_data["file"]))
        except Refused as error:
            raise ValidationError({"file": str(error)}) from error

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, f"Eingelesen: {made[0]}. Bitte ansehen und annehmen.")
        return _page_of(made[0])
    return render(request, "wayup/receive.html", {"form": form})
