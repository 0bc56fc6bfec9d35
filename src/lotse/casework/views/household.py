from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework import queries
from lotse.casework.actions.clients import add_household_member, remove_household_member, update_household_member
from lotse.casework.forms import HouseholdMemberForm
from lotse.casework.models import Client, HouseholdMember
from lotse.casework.queries.household import people_at_home
from lotse.casework.views.shared import file_view, form_page
from lotse.casework.views.sheets import open_sheet


def _to(client: Client) -> str:
    return f"/akte/{client.public_id}/haushalt/"


@file_view("Haushalt", tab="household")
def household(request: HttpRequest, client: Client) -> HttpResponse:
    form = HouseholdMemberForm(request.POST or None, actor=request.actor, initial={"relation": "child"})

    def act() -> None:
        add_household_member(by=request.actor, client=client, **form.data_for_member())

    living = people_at_home(client, timezone.localdate())
    context: dict[str, Any] = {"template": "casework/household.html", "members": living}
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


def _member(request: HttpRequest, client: Client, member_id: str) -> HouseholdMember:
    found = queries.get_member(request.actor, member_id)
    if found.client_id != client.pk:
        raise Http404
    return found
