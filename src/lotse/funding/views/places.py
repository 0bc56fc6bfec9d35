"""What the pages on a carrier's money have in common: where they are, and who is asked for the carrier first."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.formpages import Crumb
from lotse.funding.queries.places import Place, asked_place, some_grants
from lotse.funding.views.shared import insider

P = ParamSpec("P")


def place_of(request: HttpRequest) -> Place:
    found = asked_place(insider(request), request.GET, timezone.localdate())
    if found is None:
        raise Http404
    return found


def to(name: str, place: Place, *args: Any) -> str:
    return reverse(f"funding:{name}", args=args) + place.query


def crumb(label: str, name: str, place: Place) -> list[Crumb]:
    return [(label, to(name, place))]


def page(request: HttpRequest, template: str, place: Place | None, **context: Any) -> HttpResponse:
    """With what the head of every page needs: the parts of the room, and the choice of grant, year and carrier."""
    grants = some_grants(request.actor)
    return render(request, template, {"place": place, "grants": grants, **context})


def with_carrier(
    view: Callable[Concatenate[HttpRequest, Place, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For pages about one carrier; who sees several says which."""

    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        place = place_of(request)
        if place.carrier is None:
            return page(request, "funding/ledger/which.html", place)
        return view(request, place, *args, **kwargs)

    return shown
