"""What a partner offers, and who is to be spoken to there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lotse.organisations.actor import Actor
from lotse.partners.actions import offers as acts
from lotse.partners.forms.offers import ContactPersonForm, OfferForm
from lotse.partners.models import Partner, PartnerOffer
from lotse.partners.queries.partners import get_offer, get_partner, get_person, people_of
from lotse.partners.views.shared import form_page, keeper

OFFER = ("title", "topic", "for_whom", "admission", "waiting", "costs", "valid_to", "languages")
PERSON = ("name", "role", "responsible_for", "phone", "email", "valid_to")


def new_offer(request: HttpRequest, partner_id: str) -> HttpResponse:
    actor = keeper(request)
    return _offer(request, actor, get_partner(actor, partner_id))


def edit_offer(request: HttpRequest, partner_id: str, partner_offer_id: str) -> HttpResponse:
    actor = keeper(request)
    offer = get_offer(actor, partner_id, partner_offer_id)
    return _offer(request, actor, offer.partner, offer)


def _offer(request: HttpRequest, actor: Actor, partner: Partner, offer: PartnerOffer | None = None) -> HttpResponse:
    people = people_of(partner)
    initial = {name: getattr(offer, name) for name in OFFER} if offer else {}
    if offer and offer.contact:
        initial["contact"] = offer.contact.public_id
    choices = [(key, person.name) for key, person in people.items()]
    form = OfferForm(request.POST or None, actor=actor, initial=initial, people=choices)

    def act() -> None:
        data: dict[str, Any] = {**form.cleaned_data}
        data["contact"] = people.get(data.pop("contact", ""))
        if offer:
            acts.change_offer(by=actor, offer=offer, **data)
        else:
            acts.add_offer(by=actor, partner=partner, **data)

    title = offer.title if offer else "Neues Angebot"
    return form_page(request, form, act, title=title, back=_page_of(partner), done="Gespeichert.", partner=partner)


def _page_of(partner: Partner) -> str:
    return reverse("partners:detail", args=[partner.public_id])


def drop_offer(request: HttpRequest, partner_id: str, partner_offer_id: str) -> HttpResponse:
    actor = keeper(request)
    offer = get_offer(actor, partner_id, partner_offer_id)
    if request.method == "POST":
        acts.drop_offer(by=actor, offer=offer)
        messages.success(request, "Angebot entfernt.")
    return redirect(_page_of(offer.partner))


def new_person(request: HttpRequest, partner_id: str) -> HttpResponse:
    actor = keeper(request)
    partner = get_partner(actor, partner_id)
    form = ContactPersonForm(request.POST or None, actor=actor)

    def act() -> None:
        acts.add_person(by=actor, partner=partner, **form.cleaned_data)

    return form_page(
        request, form, act, title="Neue Ansprechperson", back=_page_of(partner), done="Gespeichert.", partner=partner
    )


def edit_person(request: HttpRequest, partner_id: str, contact_person_id: str) -> HttpResponse:
    actor = keeper(request)
    person = get_person(actor, partner_id, contact_person_id)
    initial = {name: getattr(person, name) for name in PERSON}
    form = ContactPersonForm(request.POST or None, actor=actor, initial=initial)

    def act() -> None:
        acts.change_person(by=actor, person=person, **form.cleaned_data)

    partner = person.partner
    return form_page(
        request, form, act, title=person.name, back=_page_of(partner), done="Gespeichert.", partner=partner
    )


def remove_person(request: HttpRequest, partner_id: str, contact_person_id: str) -> HttpResponse:
    actor = keeper(request)
    person = get_person(actor, partner_id, contact_person_id)
    if request.method == "POST":
        acts.remove_person(by=actor, person=person)
        messages.success(request, "Entfernt.")
    return redirect(_page_of(person.partner))
