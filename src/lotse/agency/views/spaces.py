"""The social spaces of an agency."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lotse.agency import rules
from lotse.agency.actions.spaces import change_space
from lotse.agency.forms.spaces import SpaceForm
from lotse.agency.queries import spaces as queries
from lotse.agency.views.shared import WRITERS, agency_url, insider, open_agency
from lotse.core.errors import NotAllowed
from lotse.core.formpages import form_page


def spaces(request: HttpRequest, agency_id: str) -> HttpResponse:
    found, actor = open_agency(request, agency_id), request.actor
    context = {
        "agency": found, "spaces": queries.spaces(actor, found), "may_write": rules.works_in(actor, found),
        "agency_url": agency_url(found),
    }  # fmt: skip
    return render(request, "agency/spaces.html", context)


def edit(request: HttpRequest, social_space_id: str) -> HttpResponse:
    found = queries.get_space(insider(request), social_space_id)
    if not rules.works_in(request.actor, found.agency):
        raise NotAllowed(WRITERS)
    first = {name: getattr(found, name) for name in ("name", "ended_on", "revision")}
    form = SpaceForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        change_space(by=request.actor, space=found, **form.cleaned_data)

    agency, here = found.agency, reverse("agency:spaces", args=[found.agency.public_id])
    crumbs = [(agency.name, agency_url(agency)), ("Sozialräume", here)]
    return form_page(request, form, act, title="Sozialraum ändern", crumbs=crumbs)
