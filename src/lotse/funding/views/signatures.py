"""Signatures under contracts and amendments: noted by each side for itself, and taken back where a day was wrong."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from lotse.core.formpages import button, form_page
from lotse.funding.actions import contracts as acts
from lotse.funding.forms.money import SignForm
from lotse.funding.models import ContractAmendment, ForwardingContract
from lotse.funding.queries import contracts as queries
from lotse.funding.views.contracts import contract_crumbs, contract_url
from lotse.funding.views.money_shared import require_receiver
from lotse.funding.views.shared import insider

V = TypeVar("V", bound=Callable[..., Any])
SIDES = ("traeger", "empfaenger")


def sign(request: HttpRequest, forwarding_contract_id: str, side: str) -> HttpResponse:
    """`side`: "traeger", noted by who keeps its funds, or "empfaenger"."""
    found = _contract(request, forwarding_contract_id)
    verb = _of_side(request, found, side, acts.sign_for_carrier, acts.sign_for_district)
    return _signed(request, found, side, lambda on: verb(by=request.actor, contract=found, on=on))


def sign_amendment(request: HttpRequest, contract_amendment_id: str, side: str) -> HttpResponse:
    found = _amendment(request, contract_amendment_id)
    verb = _of_side(request, found.contract, side, acts.sign_amendment_for_carrier, acts.sign_amendment_for_district)
    return _signed(request, found.contract, side, lambda on: verb(by=request.actor, amendment=found, on=on))


def unsign(request: HttpRequest, forwarding_contract_id: str, side: str) -> HttpResponse:
    found = _contract(request, forwarding_contract_id)
    verb = _of_side(request, found, side, acts.unsign_for_carrier, acts.unsign_for_district)
    return _back(request, found, lambda: verb(by=request.actor, contract=found))


def unsign_amendment(request: HttpRequest, contract_amendment_id: str, side: str) -> HttpResponse:
    found = _amendment(request, contract_amendment_id)
    verb = _of_side(
        request, found.contract, side, acts.unsign_amendment_for_carrier, acts.unsign_amendment_for_district
    )
    return _back(request, found.contract, lambda: verb(by=request.actor, amendment=found))


def _contract(request: HttpRequest, public_id: str) -> ForwardingContract:
    insider(request)
    return queries.get_contract(request.actor, public_id)


def _amendment(request: HttpRequest, public_id: str) -> ContractAmendment:
    insider(request)
    return queries.get_amendment(request.actor, public_id)


def _of_side(request: HttpRequest, found: ForwardingContract, side: str, carrier: V, receiver: V) -> V:
    if side not in SIDES:
        raise Http404
    if side == "traeger":
        return carrier
    require_receiver(request.actor, found.grant)
    return receiver


def _signed(request: HttpRequest, found: ForwardingContract, side: str, note: Callable[[date], Any]) -> HttpResponse:
    form = SignForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})
    who = found.organisation.name if side == "traeger" else found.grant.organisation.name

    def act() -> None:
        note(form.cleaned_data["on"])

    return form_page(
        request, form, act, title=f"Unterschrift {who}", crumbs=contract_crumbs(found), done="Eingetragen."
    )


def _back(request: HttpRequest, found: ForwardingContract, act: Callable[[], Any]) -> HttpResponse:
    return button(request, act, contract_url(found), "Unterschrift zurückgenommen.")
