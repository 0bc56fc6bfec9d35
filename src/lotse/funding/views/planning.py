"""Plan and actual of a year with the forecast, the carrier's own forecasts, and the accounts of its bookkeeping."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from lotse.core.finding import found
from lotse.core.formpages import button, form_page
from lotse.core.paging import part_of
from lotse.documents.answers import pdf_answer, table_answer
from lotse.funding.actions import planning as acts
from lotse.funding.forecast_papers import forecast_paper, forecast_sheet
from lotse.funding.forms.planning import AccountForm, ExpectForm
from lotse.funding.queries import planning as queries
from lotse.funding.queries.entries import Asked
from lotse.funding.queries.forecast import Figures, figures, together
from lotse.funding.queries.places import Place, lines_of
from lotse.funding.views.places import crumb, page, place_of, to, with_carrier
from lotse.funding.views.shared import insider


def _figures(request: HttpRequest, place: Place) -> tuple[Asked, list[Figures]]:
    """To the day in the address, else today."""
    asked = Asked.of(request.GET)
    asked = asked.but(bis=asked.bis or timezone.localdate())
    return asked, figures(place.grant, place.chosen, place.year, asked.bis or timezone.localdate())


def plan_actual(request: HttpRequest) -> HttpResponse:
    place = place_of(request)
    asked, parts = _figures(request, place)
    shown = part_of(parts if place.carrier is None else [], request.GET.get("ab", ""))
    context = {"part": shown, "whole": together(parts), "on": asked.bis}
    if place.carrier:
        context["whole"] = parts[0]
    return page(request, "funding/ledger/plan_actual.html", place, **context)


def plan_actual_xlsx(request: HttpRequest) -> HttpResponse:
    place = place_of(request)
    asked, parts = _figures(request, place)
    return table_answer(
        "xlsx", forecast_sheet(place, parts, asked.bis), f"Plan und Ist {place.grant} {place.year}.xlsx"
    )


def plan_actual_pdf(request: HttpRequest) -> HttpResponseBase:
    """With the way of every forecast."""
    place = place_of(request)
    asked, parts = _figures(request, place)
    return pdf_answer(forecast_paper(place, parts, asked.bis), f"Plan und Ist {place.grant} {place.year}.pdf")


@with_carrier
def expect(request: HttpRequest, place: Place, budget_line_id: str) -> HttpResponse:
    line = found(place.grant.lines.all(), budget_line_id)
    there = queries.own_forecast(place.actor, place.carrier, line, place.year)
    first = {name: getattr(there, name) for name in ("amount", "note", "revision")} if there else {}
    form = ExpectForm(request.POST or None, actor=place.actor, initial=first)

    def act() -> None:
        values = {"grant": place.grant, "carrier": place.carrier, "funding_year": place.year, "line": line}
        acts.expect(by=place.actor, **values, **form.cleaned_data)

    return form_page(
        request, form, act, title=f"{line}: Prognose {place.year}", crumbs=crumb("Plan und Ist", "plan_actual", place),
        lead=str(place.carrier), template="funding/ledger/expect.html", value=there,
    )  # fmt: skip


def give_up_expected(request: HttpRequest, forecast_value_id: str) -> HttpResponse:
    value = queries.get_own_forecast(insider(request), forecast_value_id)
    place = queries.place_of_value(request.actor, value)
    act = lambda: acts.give_up_expected(by=request.actor, value=value)  # noqa: E731 -- one act
    return button(request, act, to("plan_actual", place), "Gelöscht. Die Prognose ist wieder berechnet.")


@with_carrier
def accounts(request: HttpRequest, place: Place) -> HttpResponse:
    return page(
        request,
        "funding/ledger/accounts.html",
        place,
        accounts=queries.accounts(place.actor, place.grant, place.carrier),
    )


@with_carrier
def new_account(request: HttpRequest, place: Place) -> HttpResponse:
    form = AccountForm(request.POST or None, actor=place.actor, lines=lines_of(place.grant))

    def act() -> None:
        acts.map_account(by=place.actor, grant=place.grant, carrier=place.carrier, **form.cleaned_data)

    crumbs = crumb("Konten", "ledger_accounts", place)
    return form_page(request, form, act, title="Konto zuordnen", lead=str(place.carrier), crumbs=crumbs)


def forget_account(request: HttpRequest, ledger_account_id: str) -> HttpResponse:
    mapping = queries.get_account(insider(request), ledger_account_id)
    place = queries.place_of_value(request.actor, mapping)
    return button(
        request,
        lambda: acts.forget_account(by=request.actor, mapping=mapping),
        to("ledger_accounts", place),
        "Gelöscht.",
    )
