"""Money in figures: a page for the year, each number with the rows behind it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.core.paging import keyset
from lotse.core.typed import whole
from lotse.facts.counting import TOTAL
from lotse.funding.queries import figures as queries
from lotse.funding.views.shared import insider


def figures(request: HttpRequest) -> HttpResponse:
    actor, year = insider(request), _year(request)
    context = {"results": queries.figures(actor, year), "year": year, "years": _years()}
    return render(request, "funding/figures.html", context)


def figure_rows(request: HttpRequest, money_figure: str) -> HttpResponse:
    actor, year, key = insider(request), _year(request), request.GET.get("zelle", TOTAL)
    fact, cell = queries.cell_of(actor, year, money_figure, key)
    page = keyset(queries.rows(actor, year, fact, cell), request.GET.get("ab", ""), by="id")
    lines = [fact.population.line(row) for row in page.rows]
    context = {"fact": fact, "cell": cell, "page": page, "lines": lines, "year": year, "key": key}
    return render(request, "funding/figure_rows.html", context)


def _year(request: HttpRequest) -> int:
    asked = whole(request.GET.get("jahr", ""), digits=4)
    return asked if asked in _years() else timezone.localdate().year


def _years() -> range:
    this = timezone.localdate().year
    return range(this - 11, this + 1)
