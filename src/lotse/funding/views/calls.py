"""Calls of funds: made for several carriers, printed for the authority, noted when the money came."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.formpages import form_page
from lotse.core.paging import part_of
from lotse.documents.answers import pdf_answer
from lotse.funding import money_papers
from lotse.funding.actions.calls import call_funds, note_received
from lotse.funding.forms.money import Asked, CallForm, ReceivedForm
from lotse.funding.models import CallOfFunds
from lotse.funding.queries import calls as queries
from lotse.funding.queries import grants as grant_queries
from lotse.funding.views.money_shared import funding_year, is_receiver, money_crumbs, of_name
from lotse.funding.views.shared import insider, received_grant


def calls(request: HttpRequest) -> HttpResponse:
    """For the receiver its calls; for everybody what is to be spent by when."""
    actor, today = insider(request), timezone.localdate()
    grant = grant_queries.asked_grant(actor, request.GET.get("zuwendung", ""))
    if grant is None:
        return render(request, "funding/calls.html", {"grant": None})
    lines = [line for line in queries.share_lines(actor, grant, today) if line.unspent]
    to_spend = [(line, line.is_late(today)) for line in sorted(lines, key=lambda line: line.until or today)]
    context = {
        "grant": grant, "to_spend": part_of(to_spend, request.GET.get("offen", "")), "crumbs": money_crumbs(grant),
        "part": part_of(list(queries.calls(actor, grant)), request.GET.get("ab", "")), "is_receiver": is_receiver(actor, grant),
    }  # fmt: skip
    return render(request, "funding/calls.html", context)


def call(request: HttpRequest, call_id: str) -> HttpResponse:
    found = _open(request, call_id)
    today = timezone.localdate()
    lines = queries.share_lines(request.actor, found.grant, today, found)
    part = part_of([(line, line.is_late(today)) for line in lines], request.GET.get("ab", ""))
    sums = {"sum": sum(line.share.amount for line in lines), "unspent": sum(line.unspent for line in lines)}
    until = lines[0].until if lines else None
    context = {"call": found, "part": part, "until": until, "is_late": bool(until and until < today), **sums}
    return render(request, "funding/call.html", {**context, "crumbs": money_crumbs(found.grant)})


def _open(request: HttpRequest, call_id: str) -> CallOfFunds:
    insider(request)
    return queries.get_call(request.actor, call_id)


def new_call(request: HttpRequest, grant_id: str) -> HttpResponse:
    grant, today = received_grant(request, grant_id), timezone.localdate()
    year = funding_year(request, grant, today)
    proposed = queries.proposed_shares(grant, year, today)
    by_key = {one.public_id: one for one in grant_queries.carriers(request.actor, grant)}
    asked = of_name(request, [Asked(key, one.name, proposed.get(one.pk)) for key, one in by_key.items()])
    first = {"called_on": today, "spend_from": today, "spend_until": today + timedelta(grant.spend_within_days)}
    form = CallForm(request.POST or None, actor=request.actor, lines=asked.pop("lines"), initial=first)

    def act() -> str:
        shares = {by_key[key]: amount for key, amount in form.amounts().items()}
        days = {name: form.cleaned_data[name] for name in first}
        made = call_funds(by=request.actor, grant=grant, funding_year=year, shares=shares, **days)
        return reverse("funding:call", args=[made.public_id])

    return form_page(
        request, form, act, title=f"Mittelabruf für {year}", crumbs=money_crumbs(grant), template="funding/call_form.html",
        grant=grant, year=year, **asked, done="Angelegt.", submit="Mittelabruf anlegen",
    )  # fmt: skip


def received(request: HttpRequest, call_id: str) -> HttpResponse:
    found = _open(request, call_id)
    form = ReceivedForm(request.POST or None, actor=request.actor, initial={"received_on": timezone.localdate()})

    def act() -> None:
        note_received(by=request.actor, call=found, on=form.cleaned_data["received_on"])

    crumbs = [*money_crumbs(found.grant), (str(found), reverse("funding:call", args=[call_id]))]
    return form_page(request, form, act, title="Eingang eintragen", crumbs=crumbs, done="Eingetragen.")


def pdf(request: HttpRequest, call_id: str) -> HttpResponseBase:
    found = _open(request, call_id)
    shares = list(found.shares.select_related("carrier").order_by("carrier__name", "id"))
    return pdf_answer(money_papers.call(found, shares), f"{found}.pdf")
