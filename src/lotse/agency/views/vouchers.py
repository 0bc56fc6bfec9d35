"""Costs and donations of a measure: entered, corrected, taken back, and their papers."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lotse.agency.actions import vouchers as acts
from lotse.agency.forms.vouchers import ChangeVoucherForm, TakeBackForm, VoucherForm
from lotse.agency.models import MeasureVoucher
from lotse.agency.queries.vouchers import get_voucher, is_closed
from lotse.agency.views.measures import measure_crumbs, own_measure
from lotse.agency.views.shared import insider
from lotse.core.formpages import form_page
from lotse.core.forms import LotseForm
from lotse.documents.answers import file_answer
from lotse.documents.intake import receive
from lotse.programmes.enums import VoucherKind

SAME = ("kind", "amount", "on", "payee", "reason", "revision")
CLOSED = "Die Unterlagen für {year} sind freigegeben. Der alte Eintrag bleibt lesbar, Ihrer steht daneben."


def add(request: HttpRequest, measure_id: str) -> HttpResponse:
    found = own_measure(request, measure_id)
    first = {"kind": VoucherKind.EXPENSE, "on": min(found.on, timezone.localdate())}
    form = VoucherForm(request.POST or None, request.FILES or None, actor=request.actor, initial=first)

    def act() -> None:
        _with_paper(request, form, lambda **given: acts.add_voucher(by=request.actor, measure=found, **given))

    return form_page(request, form, act, title="Kosten oder Spende eintragen", crumbs=measure_crumbs(found))


def _with_paper(request: HttpRequest, form: LotseForm, save: Callable[..., Any]) -> None:
    values = dict(form.cleaned_data)
    upload = values.pop("file")
    if not upload:
        save(**values)
        return
    with receive(upload, by=request.actor) as received:
        save(received=received, **values)


def _own(request: HttpRequest, measure_id: str, voucher_id: str) -> tuple[MeasureVoucher, str]:
    """For who may write it; and what to know beforehand, where papers of its year have left the house."""
    own_measure(request, measure_id)
    row = get_voucher(request.actor, measure_id, voucher_id)
    year = row.voucher.funding_year
    return row, CLOSED.format(year=year) if is_closed(row.measure.agency_id, year) else ""


def edit(request: HttpRequest, measure_id: str, voucher_id: str) -> HttpResponse:
    row, lead = _own(request, measure_id, voucher_id)
    first = {name: getattr(row.voucher, name) for name in SAME}
    form = ChangeVoucherForm(
        request.POST or None, request.FILES or None, actor=request.actor, initial=first, asks_why=bool(lead)
    )

    def act() -> None:
        _with_paper(request, form, lambda **given: acts.change_voucher(by=request.actor, row=row, **given))

    return form_page(
        request, form, act, title="Kosten oder Spende ändern", crumbs=measure_crumbs(row.measure), lead=lead,
        template="agency/voucher_form.html", take_back=reverse("agency:take_back_voucher", args=[measure_id, voucher_id]),
    )  # fmt: skip


def take_back(request: HttpRequest, measure_id: str, voucher_id: str) -> HttpResponse:
    row, lead = _own(request, measure_id, voucher_id)
    first = {"revision": row.voucher.revision}
    form = TakeBackForm(request.POST or None, actor=request.actor, initial=first, asks_why=bool(lead))

    def act() -> None:
        acts.take_back_voucher(by=request.actor, row=row, **form.cleaned_data)

    return form_page(
        request, form, act, title=f"{row.voucher.reason}: zurücknehmen", crumbs=measure_crumbs(row.measure),
        lead="Der Eintrag zählt dann nicht mehr. Er bleibt lesbar, mit seinem Beleg.", done="Zurückgenommen.",
        submit="Zurücknehmen",
    )  # fmt: skip


def paper(request: HttpRequest, measure_id: str, voucher_id: str) -> HttpResponse:
    row = get_voucher(insider(request), measure_id, voucher_id)
    return file_answer(row.voucher.file)
