from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.formpages import form_page
from lotse.organisations import directory, rules
from lotse.organisations.actions.units import (
    change_organisation,
    change_site,
    create_site,
    found_organisation,
    move_organisation,
    rename_organisation,
)
from lotse.organisations.enums import ActionField
from lotse.organisations.forms import FoundForm, MoveForm, NameForm, OrganisationForm, SiteForm, picked
from lotse.organisations.models import Organisation
from lotse.organisations.queries import organisation_for, organisation_tree, staffing
from lotse.organisations.roles import ROLES
from lotse.organisations.views.shared import actor_of, day_asked, page

SITE = (
    "name", "address", "phone", "email", "opening_hours", "appointment_mode", "municipality_code", "accessibility_note",
)  # fmt: skip


def _url(organisation: Organisation) -> str:
    return reverse("organisations:detail", args=[organisation.public_id])


def tree(request: HttpRequest) -> HttpResponse:
    found = organisation_tree(actor_of(request))
    fte, heads = staffing(found[0], timezone.localdate())
    rows = [(organisation, organisation.path.count("/") - 2) for organisation in found]
    return render(request, "organisations/tree.html", {"rows": rows, "fte": fte, "heads": heads})


def roles(request: HttpRequest) -> HttpResponse:
    actor_of(request)
    return render(request, "organisations/roles.html", {"roles": ROLES.values()})


def detail(request: HttpRequest, organisation_id: str) -> HttpResponse:
    """`?stichtag=` shows the name of that day."""
    organisation = directory.named(organisation_for(actor_of(request), organisation_id))
    day = day_asked(request)
    fte, heads = staffing(organisation, day)
    spoken = directory.site_languages(organisation, day)
    sites = [(site, spoken.get(site.pk, [])) for site in directory.sites_of_organisation(organisation)]
    context = {"day": day, "name": organisation.name_on(day), "fte": fte, "heads": heads, "sites": sites}
    context["may_move"] = organisation.parent_id and rules.manages(request.actor, organisation.parent_id)
    context["fields"] = [field.label for field in ActionField if field in organisation.action_fields]
    return page(request, organisation, "organisations/detail.html", tab="detail", **context)


def found(request: HttpRequest, organisation_id: str) -> HttpResponse:
    above = directory.managed_organisation(actor_of(request), organisation_id)
    form = FoundForm(request.POST or None, actor=request.actor)

    def act() -> None:
        found_organisation(by=request.actor, parent=above, **form.cleaned_data)

    title = "Neue Organisation"
    return form_page(request, form, act, title=title, done="Angelegt.", crumbs=[(above.name, _url(above))])


def edit(request: HttpRequest, organisation_id: str) -> HttpResponse:
    organisation = directory.managed_organisation(actor_of(request), organisation_id)
    initial = {name: getattr(organisation, name) for name in OrganisationForm.base_fields}
    form = OrganisationForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        change_organisation(by=request.actor, organisation=organisation, **form.cleaned_data)

    to = _url(organisation)
    return form_page(request, form, act, title="Angaben ändern", done="Gespeichert.", crumbs=[(organisation.name, to)])


def move(request: HttpRequest, organisation_id: str) -> HttpResponse:
    organisation = directory.managed_organisation(actor_of(request), organisation_id)
    places = directory.places_for(request.actor, organisation)
    form = MoveForm(request.POST or None, actor=request.actor, places=places)

    def act() -> None:
        move_organisation(
            by=request.actor, organisation=organisation, parent=picked(places, form.cleaned_data["parent"])
        )

    note = "Alles darunter zieht mit. Wer oben verwaltet oder zählt, tut das dann auch hier."
    title, to = "Verschieben", _url(organisation)
    return form_page(request, form, act, title=title, done="Verschoben.", crumbs=[(organisation.name, to)], note=note)


def rename(request: HttpRequest, organisation_id: str) -> HttpResponse:
    organisation = directory.managed_organisation(actor_of(request), organisation_id)
    initial = {"name": organisation.name, "short_name": organisation.short_name, "valid_from": timezone.localdate()}
    form = NameForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        rename_organisation(by=request.actor, organisation=organisation, **form.cleaned_data)

    note = "Der bisherige Name bleibt für die Zeit davor erhalten."
    title, to = "Neuer Name", _url(organisation)
    return form_page(request, form, act, title=title, done="Gespeichert.", crumbs=[(organisation.name, to)], note=note)


def new_site(request: HttpRequest, organisation_id: str) -> HttpResponse:
    organisation = directory.managed_organisation(actor_of(request), organisation_id)
    sites = directory.sites_of_organisation(organisation)
    form = SiteForm(request.POST or None, actor=request.actor, sites=sites)

    def act() -> None:
        data = {**form.cleaned_data, "branch_of": picked(sites, form.cleaned_data["branch_of"])}
        create_site(by=request.actor, organisation=organisation, **data)

    title, to = "Neue Beratungsstelle", _url(organisation)
    return form_page(request, form, act, title=title, done="Angelegt.", crumbs=[(organisation.name, to)])


def edit_site(request: HttpRequest, organisation_id: str, site_id: str) -> HttpResponse:
    organisation = directory.managed_organisation(actor_of(request), organisation_id)
    site = directory.get_site(request.actor, organisation, site_id)
    sites = [other for other in directory.sites_of_organisation(organisation) if other != site]
    initial = {name: getattr(site, name) for name in SITE}
    initial["branch_of"] = site.branch_of.public_id if site.branch_of else ""
    form = SiteForm(request.POST or None, actor=request.actor, sites=sites, initial=initial)

    def act() -> None:
        data = {**form.cleaned_data, "branch_of": picked(sites, form.cleaned_data["branch_of"])}
        change_site(by=request.actor, site=site, **data)

    to = _url(organisation)
    return form_page(request, form, act, title=site.name, done="Gespeichert.", crumbs=[(organisation.name, to)])
