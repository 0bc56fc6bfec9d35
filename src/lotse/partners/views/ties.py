"""Contacts with a partner, how it goes, and who works with whom."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from lotse.partners.actions import ties as acts
from lotse.partners.enums import Closeness, ContactKind, Quality
from lotse.partners.forms.ties import EndRelationForm, PartnerContactForm, QualityForm, RelationForm
from lotse.partners.queries.partners import get_contact, get_partner, get_relation, other_partners
from lotse.partners.views.shared import form_page, keeper


def note(request: HttpRequest, partner_id: str) -> HttpResponse:
    actor = keeper(request)
    partner = get_partner(actor, partner_id)
    initial = {"on": timezone.localdate(), "kind": ContactKind.CALL}
    form = PartnerContactForm(request.POST or None, actor=actor, initial=initial)

    def act() -> None:
        data = form.cleaned_data
        acts.note_contact(by=actor, partner=partner, on=data["on"], kind=ContactKind(data["kind"]), note=data["note"])

    back = reverse("partners:detail", args=[partner.public_id])
    return form_page(request, form, act, title="Kontakt festhalten", back=back, done="Festgehalten.", partner=partner)


def drop_contact(request: HttpRequest, partner_id: str, partner_contact_id: str) -> HttpResponse:
    actor = keeper(request)
    contact = get_contact(actor, partner_id, partner_contact_id)
    if request.method == "POST":
        acts.drop_contact(by=actor, contact=contact)
        messages.success(request, "Gelöscht.")
    return redirect("partners:detail", contact.partner.public_id)


def rate(request: HttpRequest, partner_id: str) -> HttpResponse:
    actor = keeper(request)
    partner = get_partner(actor, partner_id)
    form = QualityForm(request.POST or None, actor=actor, initial={"on": timezone.localdate()})

    def act() -> None:
        data = form.cleaned_data
        quality = Quality(data["quality"])
        acts.rate_cooperation(by=actor, partner=partner, on=data["on"], quality=quality, reason=data["reason"])

    back = reverse("partners:detail", args=[partner.public_id])
    return form_page(
        request, form, act, title="Zusammenarbeit einschätzen", back=back, done="Festgehalten.", partner=partner
    )


def relate(request: HttpRequest, partner_id: str) -> HttpResponse:
    """`?mit=`: the other one, when its row is changed."""
    actor = keeper(request)
    partner = get_partner(actor, partner_id)
    others = other_partners(actor, partner)
    initial = {"since": timezone.localdate(), "other": request.GET.get("mit", "")}
    choices = [(key, other.name) for key, other in others.items()]
    form = RelationForm(request.POST or None, actor=actor, initial=initial, others=choices)

    def act() -> None:
        data = form.cleaned_data
        closeness = Closeness(data["closeness"])
        acts.relate(
            by=actor, partner=partner, other=others.get(data["other"]), closeness=closeness, since=data["since"]
        )

    back = reverse("partners:detail", args=[partner.public_id])
    return form_page(request, form, act, title="Wer mit wem", back=back, done="Festgehalten.", partner=partner)


def end_relation(request: HttpRequest, partner_id: str, relation_id: str) -> HttpResponse:
    actor = keeper(request)
    partner, relation = get_partner(actor, partner_id), get_relation(actor, relation_id)
    form = EndRelationForm(request.POST or None, actor=actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.end_relation(by=actor, relation=relation, **form.cleaned_data)

    back = reverse("partners:detail", args=[partner.public_id])
    return form_page(
        request, form, act, title="Arbeiten nicht mehr zusammen", back=back, done="Beendet.", partner=partner
    )
