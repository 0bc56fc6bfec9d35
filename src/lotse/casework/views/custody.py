"""What of the client's lies with us; also while the file rests, because it must go back."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone

from lotse.casework.actions.custody import receive_property, report_damage, return_property, settle_damage
from lotse.casework.custody_papers import receipt
from lotse.casework.enums import Damage
from lotse.casework.forms.custody import DamageForm, PropertyForm, ReturnForm, SettlementForm
from lotse.casework.models import Client, ClientProperty, DamageReport
from lotse.casework.queries.custody import get_property, property_of
from lotse.casework.views.shared import file_view, form_page
from lotse.core.forms import LotseForm
from lotse.documents.answers import pdf_answer

WHAT, TAB = "Eigentum in Verwahrung", "custody"


def _to(client: Client) -> str:
    return f"{client.get_absolute_url()}eigentum/"


@file_view(WHAT, tab=TAB)
def custody(request: HttpRequest, client: Client) -> HttpResponse:
    form = PropertyForm(request.POST or None, actor=request.actor, initial={"received_on": timezone.localdate()})
    return form_page(
        request,
        client,
        form,
        lambda: receive_property(by=request.actor, client=client, **form.cleaned_data),
        title=WHAT,
        done="In Verwahrung genommen. Geben Sie die Empfangsbestätigung mit.",
        to=_to(client),
        template="casework/custody.html",
        items=property_of(client),
    )


@file_view(WHAT, tab=TAB)
def give_back(request: HttpRequest, client: Client, item_id: str) -> HttpResponse:
    item = get_property(request.actor, client, item_id)
    start = {"on": timezone.localdate(), "to": client.full_name}
    form = ReturnForm(request.POST or None, actor=request.actor, initial=start)
    act = _with(form, lambda **data: return_property(by=request.actor, item=item, **data))
    return _step(
        request, client, form, act, item, "Zurückgeben", "Zurückgegeben. Bitte auf dem Blatt unterschreiben lassen."
    )


@file_view(WHAT, tab=TAB)
def damage(request: HttpRequest, client: Client, item_id: str) -> HttpResponse:
    item = get_property(request.actor, client, item_id)
    form = DamageForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        data = {**form.cleaned_data, "kind": Damage(form.cleaned_data["kind"])}
        report_damage(by=request.actor, item=item, **data)

    return _step(request, client, form, act, item, "Schaden oder Verlust melden", "Gemeldet.")


@file_view(WHAT, tab=TAB)
def settle(request: HttpRequest, client: Client, item_id: str) -> HttpResponse:
    item = get_property(request.actor, client, item_id)
    report = _report(item)
    form = SettlementForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})
    act = _with(form, lambda **data: settle_damage(by=request.actor, report=report, **data))
    return _step(request, client, form, act, item, "Regelung festhalten", "Geregelt.")


@file_view("Empfangsbestätigung", tab=TAB)
def receipt_pdf(request: HttpRequest, client: Client, item_id: str) -> FileResponse:
    item = get_property(request.actor, client, item_id)
    return pdf_answer(receipt(item), f"verwahrung-{client.number}.pdf")


def _report(item: ClientProperty) -> DamageReport:
    report = getattr(item, "damage", None)
    if report is None:
        raise Http404
    return report


def _with(form: LotseForm, act: Callable[..., Any]) -> Callable[[], Any]:
    return lambda: act(**form.cleaned_data)


def _step(
    request: HttpRequest,
    client: Client,
    form: LotseForm,
    act: Callable[[], Any],
    item: ClientProperty,
    title: str,
    done: str,
) -> HttpResponse:
    return form_page(request, client, form, act, title=title, done=done, to=_to(client), notice=item.description)
