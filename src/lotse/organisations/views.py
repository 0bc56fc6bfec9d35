from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.organisations.actor import Actor
from lotse.organisations.queries import organisation_for, organisation_tree, people_of, staffing
from lotse.organisations.roles import ROLES


def _actor(request: HttpRequest) -> Actor:
    if not request.actor:
        raise NotAllowed("Ihr Konto ist noch keiner Person zugeordnet.")
    return request.actor


def tree(request: HttpRequest) -> HttpResponse:
    found = organisation_tree(_actor(request))
    fte, heads = staffing(found, timezone.localdate())
    rows = [(organisation, organisation.path.count("/") - 2) for organisation in found]
    return render(request, "organisations/tree.html", {"rows": rows, "fte": fte, "heads": heads})


def detail(request: HttpRequest, organisation_id: str) -> HttpResponse:
    organisation = organisation_for(_actor(request), organisation_id)
    day = timezone.localdate()
    fte, heads = staffing([organisation], day)
    context = {"organisation": organisation, "people": people_of(organisation, day), "fte": fte, "heads": heads}
    return render(request, "organisations/detail.html", {**context, "sites": organisation.sites.all()})


def roles(request: HttpRequest) -> HttpResponse:
    _actor(request)
    return render(request, "organisations/roles.html", {"roles": ROLES.values()})
