"""The ledger of a grant: its entries, one of them, booked, corrected, taken back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from lotse.core.formpages import form_page
from lotse.core.forms import LotseForm
from lotse.core.paging import keyset
from lotse.documents.answers import file_answer, table_answer
from lotse.documents.intake import receive
from lotse.documents.rendering.sheets import Sheet
from lotse.funding.actions import ledger as acts
from lotse.funding.enums import EntryKind
from lotse.funding.forms.ledger import BookForm, CorrectForm, LineForm, MoveVoucherForm, TakeBackForm
from lotse.funding.models import LedgerEntry
from lotse.funding.queries.entries import Asked, entries, get_entry, like, listed, sums
from lotse.funding.queries.places import Place, asked_place, lines_of, place_of_entry, posts_of
from lotse.funding.queries.vouchers import changed
from lotse.funding.rules import Cost
from lotse.funding.views.places import crumb, page, place_of, with_carrier
from lotse.funding.views.shared import insider

HEADER = (
    "Datum", "Förderjahr", "Träger", "Art", "Ausgabenart", "Stelle", "An wen oder von wem", "Wofür", "Belegnummer",
    "Betrag in Euro", "Nimmt zurück", "Nicht doppelt, weil",
)  # fmt: skip
FIRST = ("kind", "amount", "on", "payee", "reason", "number", "funding_year", "double_reason")


def ledger(request: HttpRequest) -> HttpResponse:
    place = asked_place(insider(request), request.GET, timezone.localdate())
    if place is None:
        return page(request, "funding/ledger/ledger.html", None)
    asked = _asked(request, place)
    rows = asked.narrow(entries(place.actor, place.grant))
    context = {
        "asked": asked, "sums": sums(rows), "page": keyset(rows, request.GET.get("ab", ""), by="-on"),
        "kinds": EntryKind.choices, "lines": lines_of(place.grant), "changed": changed(place.actor, place.grant),
        "posts": posts_of(place.carrier) if place.carrier else {},
    }  # fmt: skip
    return page(request, "funding/ledger/ledger.html", place, **context)


def _asked(request: HttpRequest, place: Place) -> Asked:
    carrier = place.carrier.public_id if place.carrier else ""
    return Asked.of(request.GET).but(jahr=place.year, traeger=carrier)


def ledger_xlsx(request: HttpRequest) -> HttpResponse:
    place = place_of(request)
    rows = _asked(request, place).narrow(entries(place.actor, place.grant))
    sheet = Sheet(f"Buchungen {place.year}", HEADER, listed(rows))
    return table_answer("xlsx", sheet, f"Buchungen {place.grant} {place.year}.xlsx")


@with_carrier
def book_entry(request: HttpRequest, place: Place) -> HttpResponse:
    first = {"kind": EntryKind.EXPENSE, "funding_year": place.year}
    form = _form(BookForm, request, place, first, years=place.grant.years)

    def act() -> None:
        _with_paper(request, form, partial(acts.book, by=place.actor, grant=place.grant, carrier=place.carrier))

    crumbs = crumb("Buchungen", "ledger", place)
    return form_page(request, form, act, title="Buchen", lead=str(place.carrier), crumbs=crumbs, done="Gebucht.")


def _form(
    kind: type[LineForm], request: HttpRequest, place: Place, first: dict[str, Any], besides: LedgerEntry | None = None,
    **more: Any,
) -> Any:  # fmt: skip
    (carrier,) = place.chosen
    return kind(
        request.POST or None, request.FILES or None, actor=request.actor, initial=first, lines=lines_of(place.grant),
        posts=posts_of(carrier), like=partial(like, carrier, besides=besides), **more,
    )  # fmt: skip


def _with_paper(request: HttpRequest, form: LotseForm, save: Callable[..., Any]) -> None:
    values = dict(form.cleaned_data)
    upload = values.pop("file", None)
    if not upload:
        save(**values)
        return
    with receive(upload, by=request.actor) as received:
        save(received=received, **values)


def _own(request: HttpRequest, entry_id: str) -> tuple[LedgerEntry, Place]:
    found = get_entry(insider(request), entry_id)
    return found, place_of_entry(request.actor, found)


def entry(request: HttpRequest, ledger_entry_id: str) -> HttpResponse:
    found, place = _own(request, ledger_entry_id)
    return page(request, "funding/ledger/entry.html", place, entry=found)


def take_back_entry(request: HttpRequest, ledger_entry_id: str) -> HttpResponse:
    found, place = _own(request, ledger_entry_id)
    form = TakeBackForm(request.POST or None, actor=request.actor, initial={"on": found.on})

    def act() -> None:
        acts.take_back(by=request.actor, entry=found, **form.cleaned_data)

    return form_page(
        request, form, act, title="Buchung zurücknehmen", crumbs=crumb("Buchungen", "ledger", place), submit="Zurücknehmen",
        lead="Beide Buchungen bleiben lesbar. Zusammen zählen sie nichts.", done="Zurückgenommen.",
    )  # fmt: skip


def correct_entry(request: HttpRequest, ledger_entry_id: str) -> HttpResponse:
    found, place = _own(request, ledger_entry_id)
    form = _correcting(request, found, place)

    def act() -> None:
        _with_paper(request, form, partial(acts.correct, by=request.actor, entry=found))

    return form_page(
        request, form, act, title="Buchung berichtigen", crumbs=crumb("Buchungen", "ledger", place),
        lead="Die alte Buchung wird zurückgenommen und bleibt lesbar.", done="Berichtigt.",
    )  # fmt: skip


def _correcting(request: HttpRequest, found: LedgerEntry, place: Place) -> Any:
    first = {name: getattr(found, name) for name in FIRST}
    picked = {name: row.public_id for name in ("line", "post") if (row := getattr(found, name))}
    if found.voucher_id is None:
        return _form(CorrectForm, request, place, {**first, **picked}, found, years=place.grant.years)
    cost = Cost(found.number, found.payee, found.amount, found.on)
    is_spent = found.kind == EntryKind.EXPENSE
    return _form(MoveVoucherForm, request, place, {**first, **picked}, found, cost=cost, is_spent=is_spent)


def entry_file(request: HttpRequest, ledger_entry_id: str) -> HttpResponseBase:
    """Its own paper, or that of its voucher."""
    found, _place = _own(request, ledger_entry_id)
    if found.paper is None:
        raise Http404
    return file_answer(found.paper)
