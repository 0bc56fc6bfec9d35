"""Vouchers of the daily work on their way into the ledger."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from lotse.core.formflow import carried_out
from lotse.core.formpages import button, form_page
from lotse.core.paging import keyset
from lotse.documents.answers import file_answer
from lotse.funding.actions import vouchers as acts
from lotse.funding.forms.ledger import ManyVouchersForm, VoucherForm
from lotse.funding.queries.entries import get_entry, like
from lotse.funding.queries.places import Place, lines_of, place_of_entry, posts_of
from lotse.funding.queries.vouchers import changed, get_waiting, waiting
from lotse.funding.rules import Cost
from lotse.funding.views.places import crumb, page, place_of, to
from lotse.funding.views.shared import insider
from lotse.programmes.enums import VoucherKind

LEFT = "{} Belege sehen schon gebucht aus und sind noch hier. Bitte einzeln buchen."
LEFT_ONE = "Ein Beleg sieht schon gebucht aus und ist noch hier. Bitte einzeln buchen."


def vouchers(request: HttpRequest) -> HttpResponse:
    place = place_of(request)
    shown = keyset(waiting(place.actor, place.grant, place.carrier, place.year), request.GET.get("ab", ""), by="on")
    offered = {row.public_id: row for row in shown.rows}
    form = ManyVouchersForm(request.POST or None, actor=place.actor, lines=lines_of(place.grant), vouchers=offered)
    if request.method == "POST" and carried_out(form, lambda: _booked(request, place, form)):
        return redirect(to("vouchers", place))
    ticked = set(request.POST.getlist("voucher"))
    context = {"page": shown, "form": form, "ticked": ticked, "changed": changed(place.actor, place.grant)}
    return page(request, "funding/ledger/vouchers.html", place, **context)


def _booked(request: HttpRequest, place: Place, form: ManyVouchersForm) -> None:
    chosen, line = form.cleaned_data["voucher"], form.cleaned_data["line"]
    made = acts.book_vouchers(by=place.actor, grant=place.grant, vouchers=chosen, line=line)
    left = len(chosen) - len(made)
    if made:
        messages.success(request, f"{len(made)} gebucht.")
    if left:
        messages.warning(request, LEFT_ONE if left == 1 else LEFT.format(left))


def book_voucher(request: HttpRequest, voucher_id: str) -> HttpResponse:
    place = place_of(request)
    found = get_waiting(place.actor, place.grant, voucher_id)
    place, cost = place.of(found.organisation), Cost("", found.payee, found.amount, found.on)
    is_spent = found.kind == VoucherKind.EXPENSE
    form = VoucherForm(
        request.POST or None, actor=place.actor, cost=cost, is_spent=is_spent, lines=lines_of(place.grant),
        posts=posts_of(found.organisation), like=partial(like, found.organisation),
    )  # fmt: skip

    def act() -> None:
        acts.book_voucher(by=place.actor, grant=place.grant, voucher=found, **form.cleaned_data)

    return form_page(
        request, form, act, title="Beleg buchen", crumbs=crumb("Belege", "vouchers", place), submit="Buchen", done="Gebucht.",
        template="funding/ledger/voucher_form.html", voucher=found,
    )  # fmt: skip


def voucher_file(request: HttpRequest, voucher_id: str) -> HttpResponseBase:
    place = place_of(request)
    return file_answer(get_waiting(place.actor, place.grant, voucher_id).file)


def follow_voucher(request: HttpRequest, ledger_entry_id: str) -> HttpResponse:
    entry = get_entry(insider(request), ledger_entry_id)
    place = place_of_entry(request.actor, entry)
    done = "Neu gebucht. Die alte Buchung bleibt lesbar."
    return button(request, lambda: acts.follow_voucher(by=request.actor, entry=entry), to("vouchers", place), done)
