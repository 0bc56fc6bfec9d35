"""Zahlen: what the network did in a year, each number open to what it was counted from."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.typed import recent_year
from lotse.network import rules
from lotse.network.counting import counted_in, figures_of, lines_of, shown_fact, year_of
from lotse.network.views.shared import insider
from lotse.organisations.actor import Actor


def _counting(request: HttpRequest) -> Actor:
    actor = insider(request)
    if not rules.counts_network(actor):
        raise NotAllowed("Die Zahlen des Netzwerks sehen alle, die beraten, leiten oder organisieren.")
    return actor


def figures(request: HttpRequest) -> HttpResponse:
    actor, today = _counting(request), timezone.localdate()
    year = recent_year(request.GET, today)
    context = {"figures": figures_of(year_of(actor, year)), "year": year, "this_year": today.year}
    return render(request, "network/figures.html", context)


def figure_rows(request: HttpRequest, network_figure: str, cell_key: str) -> HttpResponse:
    actor = _counting(request)
    question = year_of(actor, recent_year(request.GET, timezone.localdate()))
    found = shown_fact(network_figure)
    counted = counted_in(found, cell_key, question) if found else None
    if found is None or counted is None:
        raise Http404
    lines = lines_of(found, cell_key, question)
    context = {
        "fact": found,
        "label": counted[0],
        "count": counted[1],
        "lines": lines,
        "year": question.period.end.year,
    }
    return render(request, "network/figure_rows.html", context)
