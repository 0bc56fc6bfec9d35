from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.core.paging import keyset
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.partners.actions import create_partner, update_partner
from lotse.partners.forms import PartnerForm
from lotse.partners.queries import get_partner, partner_list

FIELDS = ("name", "category", "contact_person", "phone", "email", "address", "note")


def _actor(request: HttpRequest) -> Actor:
    if not (request.actor and request.actor.may(Permission.MANAGE_PARTNERS)):
        raise NotAllowed("Partner pflegen Beratung, Fachleitung und Koordination.")
    return request.actor


def partners(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    found = keyset(partner_list(_actor(request), text), request.GET.get("ab", ""), by="name_key")
    return render(request, "partners/list.html", {"page": found, "text": text})


def edit(request: HttpRequest, partner_id: str = "") -> HttpResponse:
    actor = _actor(request)
    partner = get_partner(actor, partner_id) if partner_id else None
    initial = {name: getattr(partner, name) for name in FIELDS} if partner else {}
    form = PartnerForm(request.POST or None, actor=actor, initial=initial)

    def act() -> None:
        if partner:
            update_partner(by=actor, partner=partner, **form.cleaned_data)
        else:
            create_partner(by=actor, **form.cleaned_data)

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, "Gespeichert.")
        return redirect("partners:list")
    return render(request, "partners/edit.html", {"form": form, "partner": partner})
