"""Forwarding contracts and their amendments: begun, printed, signed, filed; and what is left of them."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.formpages import Crumb, button, form_page
from lotse.core.paging import part_of
from lotse.documents.answers import file_answer, pdf_answer
from lotse.documents.intake import receive
from lotse.funding import money_papers
from lotse.funding.actions import contracts as acts
from lotse.funding.actions.payments import note_repayment
from lotse.funding.forms.money import AmendmentForm, AmountsForm, Asked, RepaymentForm, SignedPaperForm
from lotse.funding.models import ContractAmendment, ForwardingContract
from lotse.funding.queries import calls as call_queries
from lotse.funding.queries import contracts as queries
from lotse.funding.queries import grants as grant_queries
from lotse.funding.queries.places import some_grants
from lotse.funding.queries.rounds import payment_rounds
from lotse.funding.views.money_shared import funding_year, is_receiver, money_crumbs, require_receiver
from lotse.funding.views.shared import insider, received_grant

LATEST = 5


def money(request: HttpRequest) -> HttpResponse:
    """Contracts of every carrier, the last calls and rounds."""
    actor, today = insider(request), timezone.localdate()
    grant = grant_queries.asked_grant(actor, request.GET.get("zuwendung", ""))
    if grant is None:
        return render(request, "funding/money.html", {"grant": None})
    part = part_of(queries.carrier_contracts(actor, grant, today), request.GET.get("ab", ""))
    context = {
        "grant": grant, "grants": some_grants(actor), "part": part, "is_receiver": is_receiver(actor, grant),
        "calls": call_queries.calls(actor, grant)[:LATEST], "rounds": payment_rounds(actor, grant)[:LATEST],
    }  # fmt: skip
    return render(request, "funding/money.html", context)


def contract(request: HttpRequest, forwarding_contract_id: str) -> HttpResponse:
    insider(request)
    found = queries.get_contract(request.actor, forwarding_contract_id)
    papers = queries.papers(found)
    paid = list(queries.payments(found))
    context = {
        "contract": found, "papers": papers, "lines": queries.year_lines(found, timezone.localdate()),
        "part": part_of(paid, request.GET.get("ab", "")), "crumbs": money_crumbs(found.grant),
        "may_unsign": not queries.was_paid_since(papers[-1].paper, paid),
        "is_receiver": is_receiver(request.actor, found.grant), "is_open": any(p.paper.in_force_from is None for p in papers),
    }  # fmt: skip
    return render(request, "funding/contract.html", context)


def _own(request: HttpRequest, public_id: str) -> ForwardingContract:
    """For who keeps the funds of the receiver."""
    insider(request)
    found = queries.get_contract(request.actor, public_id)
    require_receiver(request.actor, found.grant)
    return found


def contract_url(found: ForwardingContract) -> str:
    return reverse("funding:contract", args=[found.public_id])


def contract_crumbs(found: ForwardingContract) -> list[Crumb]:
    return [*money_crumbs(found.grant), (found.organisation.name, contract_url(found))]


def begin(request: HttpRequest, grant_id: str, unbound_carrier_id: str) -> HttpResponse:
    grant = received_grant(request, grant_id)
    carrier = grant_queries.get_carrier(request.actor, grant, unbound_carrier_id)
    proposed = queries.proposed_years(grant, carrier)
    lines = [Asked(str(year), f"{year}, Betrag in Euro", proposed[year]) for year in grant.years]
    form = AmountsForm(request.POST or None, actor=request.actor, lines=lines)

    def act() -> str:
        given = {int(year): amount for year, amount in form.amounts().items()}
        return contract_url(acts.begin_contract(by=request.actor, grant=grant, carrier=carrier, amounts=given))

    lead = (
        "Vorschlag: was der Träger beantragt hat, höchstens sein Anteil am Bewilligten."
        if any(proposed.values())
        else ""
    )
    return form_page(
        request, form, act, title=f"Weiterleitungsvertrag {carrier}", crumbs=money_crumbs(grant), lead=lead
    )


def amend(request: HttpRequest, forwarding_contract_id: str) -> HttpResponse:
    found = _own(request, forwarding_contract_id)
    now = dict(queries.papers(found)[-1].amounts)
    lines = [Asked(str(year), f"{year}, neuer Betrag in Euro", now.get(year)) for year in found.grant.years]
    form = AmendmentForm(request.POST or None, actor=request.actor, lines=lines)

    def act() -> None:
        given = {int(year): amount for year, amount in form.amounts().items()}
        acts.begin_amendment(by=request.actor, contract=found, reason=form.cleaned_data["reason"], amounts=given)

    lead = "Alle Jahre nennen, auch die unveränderten. Was mehr ist, wird erst weitergeleitet, wenn beide unterschrieben haben."
    return form_page(request, form, act, title="Nachtrag", crumbs=contract_crumbs(found), lead=lead)


def discard(request: HttpRequest, forwarding_contract_id: str) -> HttpResponse:
    found = _own(request, forwarding_contract_id)
    to = money_crumbs(found.grant)[-1][1]
    return button(request, lambda: acts.discard_contract(by=request.actor, contract=found), to, "Entwurf verworfen.")


def discard_amendment(request: HttpRequest, contract_amendment_id: str) -> HttpResponse:
    found = _own_amendment(request, contract_amendment_id)
    act = lambda: acts.discard_amendment(by=request.actor, amendment=found)  # noqa: E731
    return button(request, act, contract_url(found.contract), "Entwurf verworfen.")


def file_paper(request: HttpRequest, forwarding_contract_id: str) -> HttpResponse:
    found = _own(request, forwarding_contract_id)
    return _filed(
        request, found, lambda received: acts.file_contract(by=request.actor, contract=found, received=received)
    )


def file_amendment(request: HttpRequest, contract_amendment_id: str) -> HttpResponse:
    found = _own_amendment(request, contract_amendment_id)
    return _filed(
        request,
        found.contract,
        lambda received: acts.file_amendment(by=request.actor, amendment=found, received=received),
    )


def _own_amendment(request: HttpRequest, public_id: str) -> ContractAmendment:
    insider(request)
    found = queries.get_amendment(request.actor, public_id)
    require_receiver(request.actor, found.contract.grant)
    return found


def _filed(request: HttpRequest, found: ForwardingContract, keep: Callable[[Any], Any]) -> HttpResponse:
    form = SignedPaperForm(request.POST or None, request.FILES or None, actor=request.actor)

    def act() -> None:
        with receive(form.cleaned_data["file"], by=request.actor) as received:
            keep(received)

    return form_page(
        request, form, act, title="Unterschriebenes Papier ablegen", crumbs=contract_crumbs(found), done="Abgelegt."
    )


def paper(request: HttpRequest, forwarding_contract_id: str) -> HttpResponse:
    insider(request)
    return _scan(queries.get_contract(request.actor, forwarding_contract_id))


def amendment_paper(request: HttpRequest, contract_amendment_id: str) -> HttpResponse:
    insider(request)
    return _scan(queries.get_amendment(request.actor, contract_amendment_id))


def _scan(found: ForwardingContract | ContractAmendment) -> HttpResponse:
    if found.file is None:
        raise Http404
    return file_answer(found.file)


def pdf(request: HttpRequest, forwarding_contract_id: str) -> HttpResponseBase:
    insider(request)
    found = queries.get_contract(request.actor, forwarding_contract_id)
    return pdf_answer(money_papers.contract(found, queries.papers(found)[0]), f"{found}.pdf")


def amendment_pdf(request: HttpRequest, contract_amendment_id: str) -> HttpResponseBase:
    insider(request)
    found = queries.get_amendment(request.actor, contract_amendment_id)
    papers = queries.papers(found.contract)
    place = next(number for number, one in enumerate(papers) if one.paper == found)
    printed = money_papers.amendment(found.contract, papers[place], papers[place - 1])
    return pdf_answer(printed, f"{found} {found.organisation}.pdf")


def repay(request: HttpRequest, forwarding_contract_id: str) -> HttpResponse:
    found = _own(request, forwarding_contract_id)
    today = timezone.localdate()
    first = {"paid_on": today, "funding_year": funding_year(request, found.grant, today)}
    form = RepaymentForm(request.POST or None, actor=request.actor, grant=found.grant, initial=first)

    def act() -> None:
        values = dict(form.cleaned_data)
        note_repayment(by=request.actor, contract=found, on=values.pop("paid_on"), **values)

    return form_page(request, form, act, title=f"Rückzahlung von {found.organisation}", crumbs=contract_crumbs(found))
