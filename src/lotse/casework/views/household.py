from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework import queries
from lotse.casework.actions.clients import add_household_member, remove_household_member, update_household_member
from lotse.casework.actions.families import link_own_file, open_own_file, unlink_own_file
from lotse.casework.forms import HouseholdMemberForm, NewPersonForm
from lotse.casework.forms.merging import OtherFileForm
from lotse.casework.models import Client, HouseholdMember
from lotse.casework.queries.household import family_files, own_file_of, people_at_home
from lotse.casework.views.shared import file_view, form_page, page
from lotse.casework.views.sheets import open_sheet
from lotse.core.formflow import carried_out, refusals_told
from lotse.organisations.models import Site
from lotse.organisations.queries import sites_of


def _to(client: Client) -> str:
    return f"/akte/{client.public_id}/haushalt/"


@file_view("Haushalt", tab="household")
def household(request: HttpRequest, client: Client) -> HttpResponse:
    form = HouseholdMemberForm(request.POST or None, actor=request.actor, initial={"relation": "child"})

    def act() -> None:
        add_household_member(by=request.actor, client=client, **form.data_for_member())

    family = family_files(request.actor, client)
    living = people_at_home(client, timezone.localdate(), family)
    context: dict[str, Any] = {"template": "casework/household.html", "members": living, "family": family}
    context["has_twins"] = any(row.twin for row in living)
    title = "Haushalt und Kinder"
    return form_page(request, client, form, act, title=title, done="Eingetragen.", to=_to(client), **context)


@file_view("Haushalt", tab="household")
def edit_member(request: HttpRequest, client: Client, member_id: str) -> HttpResponse:
    def read() -> dict[str, Any]:
        return HouseholdMemberForm.initial_from(_member(request, client, member_id))

    sheet = open_sheet(request, client, read, f"member.{member_id}")
    form = HouseholdMemberForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        data = {**form.data_for_member(), "revision": form.cleaned_data["revision"]}
        update_household_member(by=request.actor, member=_member(request, client, member_id), **data)

    title = "Haushaltsmitglied"
    return form_page(request, client, form, act, title=title, done="Gespeichert.", to=_to(client), sheet=sheet)


@file_view("Haushalt", tab="household")
def remove_member(request: HttpRequest, client: Client, member_id: str) -> HttpResponse:
    if request.method == "POST":
        remove_household_member(by=request.actor, member=_member(request, client, member_id))
        messages.success(request, "Eintrag gelöscht.")
    return redirect(_to(client))


@file_view("Haushalt", tab="household")
def own_file(request: HttpRequest, client: Client, member_id: str) -> HttpResponse:
    """Everything known is filled in; only the information about data recording is asked anew (DP-01)."""
    member = _member(request, client, member_id)
    sites = {s.public_id: s for s in sites_of(request.actor)}
    known = {**own_file_of(member), "informed_on": timezone.localdate(), "informed_language": "de"}
    form = NewPersonForm(
        request.POST or None,
        actor=request.actor,
        initial={**known, "site": client.site.public_id},
        sites=[(key, site.name) for key, site in sites.items()],
    )
    made: list[Client] = []
    if request.method == "POST" and carried_out(
        form, lambda: made.append(_open_own_file(request, member, form, sites))
    ):
        messages.success(request, "Eigene Akte angelegt. Als Nächstes: Erstkontakt und Einwilligung.")
        return redirect("casework:overview", made[0].public_id)
    context = {
        "form": form,
        "title": f"Eigene Akte für {member.name or 'die Person'}",
        "back": _to(client),
        "link": OtherFileForm(),
    }
    return page(request, client, "casework/own_file.html", member=member, submit="Akte anlegen", **context)


def _open_own_file(
    request: HttpRequest, member: HouseholdMember, form: NewPersonForm, sites: dict[str, Site]
) -> Client:
    names = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "informed_on", "informed_language")}
    site, data = sites[form.cleaned_data["site"]], form.data_for_client()
    return open_own_file(by=request.actor, member=member, site=site, warnings=form.acknowledged, **names, **data)


@file_view("Haushalt", tab="household")
def link_file(request: HttpRequest, client: Client, member_id: str) -> HttpResponse:
    """By number; without one the link is taken away."""
    if request.method == "POST":
        with refusals_told(request):
            messages.success(request, _link(request, _member(request, client, member_id)))
    return redirect(_to(client))


def _link(request: HttpRequest, member: HouseholdMember) -> str:
    form = OtherFileForm(request.POST)
    if "number" not in request.POST:
        unlink_own_file(by=request.actor, member=member)
        return "Verknüpfung gelöst. Beide Einträge bleiben."
    other = queries.by_number(request.actor, form.cleaned_data["number"]) if form.is_valid() else None
    if other is None:
        raise ValidationError("Mit dieser Nummer ist keine andere Akte für Sie geöffnet.")
    link_own_file(by=request.actor, member=member, other=other)
    return f"Verknüpft mit Akte {other.number}."


def _member(request: HttpRequest, client: Client, member_id: str) -> HouseholdMember:
    found = queries.get_member(request.actor, member_id)
    if found.client_id != client.pk:
        raise Http404
    return found
