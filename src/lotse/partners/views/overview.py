"""All partners at once: what is missing, what must be checked, and who works with whom."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.core.paging import keyset
from lotse.documents.answers import picture_answer
from lotse.documents.themes import LIGHT, NARROW, THEMES, WIDE
from lotse.organisations.actor import Actor
from lotse.partners import rules
from lotse.partners.pictures import drawing
from lotse.partners.pictures.words import about_network
from lotse.partners.queries.gaps import coverage_below, my_coverage
from lotse.partners.queries.keepers import my_orphaned
from lotse.partners.queries.partners import check_months, stale_partners
from lotse.partners.queries.relations import BY_CATEGORY, Network, network
from lotse.partners.views.shared import reader


def gaps(request: HttpRequest) -> HttpResponse:
    """Which partners the migration counselling must have are missing where (NW-12)."""
    actor, today = reader(request), timezone.localdate()
    below = coverage_below(actor, today)
    context = {
        "sites": my_coverage(actor, today),
        "below": below,
        "classes": [one.wanted for one in below[0].standings] if below else [],
        "may_change": rules.keeps(actor, actor.organisation_id),
    }
    return render(request, "partners/gaps.html", context)


def to_check(request: HttpRequest) -> HttpResponse:
    """The longest unchecked come first, on every page."""
    actor, today = reader(request), timezone.localdate()
    context = {
        "page": keyset(
            stale_partners(actor, today).prefetch_related("people"), request.GET.get("ab", ""), by="checked_on"
        ),
        "months": check_months(actor, today),
        "orphaned": my_orphaned(actor, today),
        "may_change": rules.keeps(actor, actor.organisation_id),
    }
    return render(request, "partners/to_check.html", context)


def relations(request: HttpRequest) -> HttpResponse:
    found = _network(request, reader(request))
    context = {
        "network": found,
        "labels": {node.key: node.label for node in found.nodes},
        "words": about_network(found),
        "by": request.GET.get("nach", "") or (BY_CATEGORY if found.is_many else ""),
        "address": urlencode([(name, request.GET[name]) for name in ("nach", "gruppe") if request.GET.get(name)]),
        "may_change": rules.keeps(request.actor, request.actor.organisation_id),
    }
    return render(request, "partners/relations.html", context)


def picture(request: HttpRequest) -> HttpResponse:
    """Of what the page beside it shows to the same reader."""
    found = _network(request, reader(request))
    theme = THEMES.get(request.GET.get("farbe", ""), LIGHT)
    width = WIDE if request.GET.get("breite") == "weit" else NARROW
    return picture_answer(request, drawing(found, theme, width))


def _network(request: HttpRequest, actor: Actor) -> Network:
    return network(actor, timezone.localdate(), by=request.GET.get("nach", ""), only=request.GET.get("gruppe", ""))
