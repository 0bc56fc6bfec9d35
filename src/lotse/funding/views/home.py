"""The first page of the room: the money of a grant, carrier by carrier, on a day; and what every sum opens to."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.paging import part_of, start_of
from lotse.core.typed import asked_year
from lotse.documents.answers import pdf_answer, table_answer
from lotse.documents.rendering.sheets import Sheet
from lotse.funding import money_papers
from lotse.funding.queries import grants as queries
from lotse.funding.queries import movements as moved
from lotse.funding.queries import overview
from lotse.funding.queries.movement_page import movement_page
from lotse.funding.queries.places import some_grants
from lotse.funding.views.money_shared import asked_day
from lotse.funding.views.shared import grant_crumbs, insider, open_grant
from lotse.programmes.models import Grant

ENDINGS = ("pdf", "xlsx", "csv")
PLACES_OF = {
    "contracts": "funding:money",
    "spending": "funding:calls",
    "calls": "funding:calls",
    "accounts": "funding:accounts",
}


ASKED = ("zuwendung", "jahr", "am", "art")


def home(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    grant = queries.asked_grant(actor, request.GET.get("zuwendung", ""))
    if grant is None:
        return render(request, "funding/home.html", {"grant": None})
    on, year = asked_day(request, today), asked_year(request.GET, grant.years, None)
    lines = overview.carrier_lines(actor, grant, on, year)
    to_do = [(point, _place(point, grant.public_id)) for point in overview.to_do(actor, grant, today)]
    context = {
        "grant": grant, "grants": some_grants(actor), "on": on, "year": year, "to_do": to_do, "pots": moved.POTS | moved.PILES,
        "asked": _query(request), "part": part_of(lines, request.GET.get("ab", "")), "sums": overview.cells_of(overview.sum_of(lines)),
    }  # fmt: skip
    return render(request, "funding/home.html", context)


def _place(point: overview.Open, grant_id: str) -> str:
    kind, _colon, year = point.kind.partition(":")
    if kind == "round":
        return f"{reverse('funding:new_round', args=[grant_id])}?jahr={year}"
    return f"{reverse(PLACES_OF[kind])}?zuwendung={grant_id}"


def movements(request: HttpRequest, grant_id: str, paid_carrier_id: str) -> HttpResponse:
    grant = open_grant(request, grant_id)
    carrier = queries.get_carrier(request.actor, grant, paid_carrier_id)
    on, year, pot = _asked(request, grant)
    rows = moved.sources(grant, carrier, on, year)
    found = movement_page(grant, carrier, rows, pot, start_of(request.GET.get("ab", "")))
    context = {
        "grant": grant, "carrier": carrier, "on": on, "year": year, "pot": pot, "found": found, "part": found.part,
        "crumbs": grant_crumbs(grant), "pots": moved.POTS | moved.PILES, "asked": _query(request),
    }  # fmt: skip
    return render(request, "funding/movements.html", context)


def _asked(request: HttpRequest, grant: Grant) -> tuple[date, int | None, str]:
    pot = request.GET.get("art", "")
    on, year = asked_day(request, timezone.localdate()), asked_year(request.GET, grant.years, None)
    return on, year, pot if pot in moved.POTS | moved.PILES else ""


def _query(request: HttpRequest) -> str:
    """What was asked, without the place in the list."""
    return urlencode({name: request.GET[name] for name in ASKED if request.GET.get(name)})


def movements_file(request: HttpRequest, grant_id: str, paid_carrier_id: str, ending: str) -> HttpResponseBase:
    grant = open_grant(request, grant_id)
    carrier = queries.get_carrier(request.actor, grant, paid_carrier_id)
    on, year, pot = _asked(request, grant)
    rows = moved.movements(grant, carrier, on, year)
    shown = moved.in_pot(rows, pot) if pot else rows
    if ending not in ENDINGS:
        raise Http404
    name = f"Geldbewegungen {carrier} {on:%Y-%m-%d}.{ending}"
    if ending == "pdf":
        return pdf_answer(money_papers.movements(grant, carrier, shown, on, year, pot), name)
    table = ((row.on, row.kind, row.about, row.amount, row.with_receiver, row.with_carrier) for row in shown)
    notes = [f"{grant}, {carrier}, Stand {on:%d.%m.%Y}{f', Förderjahr {year}' if year else ''}. Beträge in Euro."]
    return table_answer(ending, Sheet("Geldbewegungen", money_papers.MOVED, table, notes), name)
