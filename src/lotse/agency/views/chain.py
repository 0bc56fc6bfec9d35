"""The page of the chain: what hangs on what, as a picture and as lists."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.agency.chain_layout import NARROW, WIDE, lay_out
from lotse.agency.queries.chain import Places, Weaver
from lotse.agency.queries.chain_lists import chain_lists
from lotse.agency.queries.chain_rows import chain_rows
from lotse.agency.views.shared import agency_url, open_agency
from lotse.core.typed import asked_year
from lotse.facts.models import YEARS


def chain(request: HttpRequest, agency_id: str) -> HttpResponse:
    """`?jahr=`, and `?aufgabe=` for the task whose measures are shown one by one."""
    agency, this_year = open_agency(request, agency_id), timezone.localdate().year
    year = asked_year(request.GET, YEARS, this_year)
    rows = chain_rows(request.actor, agency, year)
    places = Places(agency.public_id, year, rows)
    weaver = Weaver(rows, places, request.GET.get("aufgabe", ""))
    weaver.weave()
    lists = chain_lists(rows, places, weaver.codes)
    loose = sum(len(one.loose) for one in lists)
    context = {
        "agency": agency,
        "agency_url": agency_url(agency),
        "year": year,
        "opened": weaver.opened,
        "lists": lists,
        "loose": loose,
        "words": f"{loose} {'Stelle' if loose == 1 else 'Stellen'} ohne Verbindung",
        "is_empty": not any(one.number for one in lists),
        "pictures": [
            (name, lay_out(weaver.nodes, weaver.edges, grid)) for name, grid in (("wide", WIDE), ("narrow", NARROW))
        ],
    }
    return render(request, "agency/chain.html", context)
