"""The first page of the room: the money of a grant, carrier by carrier, on a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lotse.funding.queries import grants as queries
from lotse.funding.views.shared import insider


def home(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    grant = queries.asked_grant(actor, request.GET.get("zuwendung", ""))
    return render(request, "funding/home.html", {"grant": grant, "grants": queries.grants(actor)})
