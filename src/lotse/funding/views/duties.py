"""A carrier's duties of a year, and of all carriers for the district."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.core.formpages import form_page
from lotse.core.paging import keyset
from lotse.core.typed import recent_year, recent_years
from lotse.documents.answers import file_answer
from lotse.documents.intake import receive
from lotse.funding.actions.duties import check_duty
from lotse.funding.forms.duties import DutyForm
from lotse.funding.packaged import Point, duties_of, point_of
from lotse.funding.queries import duties as queries
from lotse.funding.views.shared import insider
from lotse.organisations.actor import Actor


def duties(request: HttpRequest) -> HttpResponse:
    """Carriers × points; who keeps the funds of one carrier only goes on to it."""
    actor, today = insider(request), timezone.localdate()
    year = recent_year(request.GET, today)
    page = keyset(queries.carriers(actor), request.GET.get("ab", ""), by="name")
    if page.is_first and len(page.rows) == 1:
        return redirect("funding:duties_of", page.rows[0].public_id, year)
    context = {
        "page": page, "table": queries.standings(page.rows, year, today), "list": duties_of(year), "year": year,
        "years": recent_years(today),
    }  # fmt: skip
    return render(request, "funding/duties.html", context)


def duties_of_carrier(request: HttpRequest, carrier_id: str, duty_year: int) -> HttpResponse:
    carrier, today = queries.get_carrier(insider(request), carrier_id), timezone.localdate()
    if duty_year not in recent_years(today):
        raise Http404
    context = {
        "carrier": carrier, "points": queries.standings([carrier], duty_year, today)[carrier], "list": duties_of(duty_year),
        "year": duty_year, "last": today.year, "first": today.year - 10,
    }  # fmt: skip
    return render(request, "funding/duties_of.html", context)


def check(request: HttpRequest, carrier_id: str, duty_year: int, duty_key: str) -> HttpResponse:
    carrier, point = queries.get_carrier(insider(request), carrier_id), _open_point(duty_year, duty_key)
    row = queries.find_check(request.actor, carrier, duty_year, duty_key)
    first = DutyForm.first(row)
    form = DutyForm(request.POST or None, request.FILES or None, actor=request.actor, initial=first, check=row)

    def act() -> None:
        _keep(form, by=request.actor, carrier=carrier, year=duty_year, key=duty_key)

    way = [(f"Pflichten {duty_year}", reverse("funding:duties_of", args=[carrier_id, duty_year]))]
    return form_page(request, form, act, title=point.title, crumbs=way, lead=point.text)


def _open_point(year: int, key: str) -> Point:
    """One that somebody answers."""
    point = point_of(year, key)
    if point is None or point.reads or year not in recent_years(timezone.localdate()):
        raise Http404
    return point


def _keep(form: DutyForm, *, by: Actor, **of: Any) -> None:
    values = {"by": by, **of, **form.cleaned_data}
    upload = values.pop("file")
    if not upload:
        check_duty(**values)
        return
    with receive(upload, by=by) as received:
        check_duty(received=received, **values)


def evidence(request: HttpRequest, duty_check_id: str) -> HttpResponse:
    row = queries.get_check(insider(request), duty_check_id)
    if row.file is None:
        raise Http404
    return file_answer(row.file)
