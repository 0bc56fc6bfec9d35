from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import form_page
from lotse.organisations import rules
from lotse.organisations.enums import Permission
from lotse.organisations.forms import EndForm, picked
from lotse.organisations.views.shared import actor_of, day_asked
from lotse.programmes.actions.programmes import (
    add_funding_year,
    change_programme,
    create_programme,
    end_funding,
    end_offer,
    fund_share,
    offer_at_site,
    rename_programme,
)
from lotse.programmes.forms.programmes import (
    FundingForm,
    FundingYearForm,
    NewProgrammeForm,
    OfferForm,
    ProgrammeForm,
    ProgrammeNameForm,
)
from lotse.programmes.models import Programme
from lotse.programmes.queries import programmes as queries

NOT_YOURS = "Das pflegt, wer diese Organisation verwaltet."


def _url(programme: Programme) -> str:
    return reverse("programmes:detail", args=[programme.public_id])


def programmes(request: HttpRequest) -> HttpResponse:
    """`?stichtag=` shows the names of that day."""
    may_keep = queries.keeps_programmes(actor_of(request))
    day = day_asked(request)
    rows = [(programme, programme.name_on(day)) for programme in queries.programme_list()]
    return render(request, "programmes/list.html", {"rows": rows, "day": day, "may_keep": may_keep})


def delimitation(request: HttpRequest) -> HttpResponse:
    actor_of(request)
    names, rows = queries.delimitation()
    return render(request, "programmes/delimitation.html", {"names": names, "rows": rows})


def detail(request: HttpRequest, programme_id: str) -> HttpResponse:
    actor = actor_of(request)
    programme = queries.get_programme(programme_id)
    context = {
        "programme": programme,
        "offers": queries.offers_of(actor, programme),
        "fundings": queries.fundings_of(actor, programme),
        "may_keep": queries.keeps_programmes(actor),
        "may_offer": actor.may(Permission.MANAGE_ORGANISATION),
        "managed": actor.managed_organisation_ids,
        "today": timezone.localdate(),
    }
    return render(request, "programmes/detail.html", context)


def new(request: HttpRequest) -> HttpResponse:
    if not queries.keeps_programmes(actor_of(request)):
        raise NotAllowed(queries.NOT_YOURS)
    initial = {"client_label": "Klient*in", "is_counselling": True}
    form = NewProgrammeForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        create_programme(by=request.actor, **form.cleaned_data)

    to = reverse("programmes:list")
    return form_page(request, form, act, title="Neues Programm", done="Angelegt.", crumbs=[("Programme", to)])


def edit(request: HttpRequest, programme_id: str) -> HttpResponse:
    programme = queries.kept_programme(actor_of(request), programme_id)
    initial = {name: getattr(programme, name) for name in ProgrammeForm.base_fields}
    form = ProgrammeForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        change_programme(by=request.actor, programme=programme, **form.cleaned_data)

    to, crumb = _url(programme), programme.name
    return form_page(request, form, act, title="Angaben ändern", done="Gespeichert.", crumbs=[(crumb, to)])


def rename(request: HttpRequest, programme_id: str) -> HttpResponse:
    programme = queries.kept_programme(actor_of(request), programme_id)
    initial = {"name": programme.name, "valid_from": timezone.localdate()}
    form = ProgrammeNameForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        rename_programme(by=request.actor, programme=programme, **form.cleaned_data)

    to, note = _url(programme), "Der bisherige Name bleibt für die Zeit davor erhalten."
    return form_page(
        request, form, act, title="Neuer Name", done="Gespeichert.", crumbs=[(programme.name, to)], note=note
    )


def new_year(request: HttpRequest, programme_id: str) -> HttpResponse:
    programme = queries.kept_programme(actor_of(request), programme_id)
    form = FundingYearForm(request.POST or None, actor=request.actor, initial={"year": timezone.localdate().year})

    def act() -> None:
        add_funding_year(by=request.actor, programme=programme, **form.cleaned_data)

    to, crumb = _url(programme), programme.name
    return form_page(request, form, act, title="Neues Förderjahr", done="Angelegt.", crumbs=[(crumb, to)])


def new_offer(request: HttpRequest, programme_id: str) -> HttpResponse:
    programme = queries.get_programme(programme_id)
    _require_some_management(request)
    sites = queries.managed_sites(request.actor)
    initial = {"valid_from": timezone.localdate()}
    form = OfferForm(request.POST or None, actor=request.actor, sites=sites, initial=initial)

    def act() -> None:
        data = {**form.cleaned_data, "site": picked(sites, form.cleaned_data["site"])}
        offer_at_site(by=request.actor, programme=programme, **data)

    to, crumb = _url(programme), programme.name
    return form_page(request, form, act, title="Neues Angebot", done="Eingetragen.", crumbs=[(crumb, to)])


def new_funding(request: HttpRequest, programme_id: str) -> HttpResponse:
    programme = queries.get_programme(programme_id)
    _require_some_management(request)
    shares = queries.managed_shares(request.actor, timezone.localdate())
    initial = {"valid_from": timezone.localdate()}
    grants = queries.grants_offered(request.actor, programme)
    form = FundingForm(request.POST or None, actor=request.actor, shares=shares, grants=grants, initial=initial)

    def act() -> None:
        data = {**form.cleaned_data, "share": picked(shares, form.cleaned_data["share"])}
        fund_share(by=request.actor, programme=programme, **data)

    to, crumb = _url(programme), programme.name
    return form_page(request, form, act, title="Stellenanteil finanzieren", done="Eingetragen.", crumbs=[(crumb, to)])


def finish_offer(request: HttpRequest, offer_id: str) -> HttpResponse:
    offer = queries.get_offer(actor_of(request), offer_id)
    _require_management_of(request, offer.site.organisation_id)
    form = EndForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        end_offer(by=request.actor, offer=offer, on=form.cleaned_data["on"])

    to, title = _url(offer.programme), "Angebot beenden"
    return form_page(request, form, act, title=title, done="Eingetragen.", crumbs=[(str(offer), to)])


def finish_funding(request: HttpRequest, funding_id: str) -> HttpResponse:
    funding = queries.get_funding(actor_of(request), funding_id)
    _require_management_of(request, funding.share.post.organisation_id)
    form = EndForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        end_funding(by=request.actor, funding=funding, on=form.cleaned_data["on"])

    to, title = _url(funding.programme), "Finanzierung beenden"
    return form_page(request, form, act, title=title, done="Eingetragen.", crumbs=[(str(funding.programme), to)])


def _require_some_management(request: HttpRequest) -> None:
    if not actor_of(request).may(Permission.MANAGE_ORGANISATION):
        raise NotAllowed(NOT_YOURS)


def _require_management_of(request: HttpRequest, organisation_id: int) -> None:
    if not rules.manages(request.actor, organisation_id):
        raise NotAllowed(NOT_YOURS)
