"""Money in figures: a page for the year, each number with the rows behind it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.core.paging import keyset
from lotse.core.typed import recent_year, recent_years
from lotse.facts.counting import TOTAL
from lotse.funding.queries import figures as queries
from lotse.funding.views.shared import insider


def figures(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    year = recent_year(request.GET, today)
    context = {"results": queries.figures(actor, year), "year": year, "years": recent_years(today)}
    return render(request, "funding/figures.html", context)


def figure_rows(request: HttpRequest, money_figure: str) -> HttpResponse:
    actor, key = insider(request), request.GET.get("zelle", TOTAL)
    year = recent_year(request.GET, timezone.localdate())
    fact, cell = queries.cell_of(actor, year, money_figure, key)
    page = keyset(queries.rows(actor, year, fact, cell), request.GET.get("ab", ""), by="id")
    lines = [fact.population.line(row) for row in page.rows]
    context = {"fact": fact, "cell": cell, "page": page, "lines": lines, "year": year, "key": key}
    return render(request, "funding/figure_rows.html", context)
