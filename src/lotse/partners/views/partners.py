from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.core.paging import keyset
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.partners import rules
from lotse.partners.actions import create_partner, update_partner
from lotse.partners.enums import CooperationKind, CooperationState
from lotse.partners.forms import PartnerForm
from lotse.partners.models import Partner
from lotse.partners.panels import panels_of
from lotse.partners.queries import get_partner, partner_list
from lotse.partners.queries.cooperation import cooperations_of, providers_without_agreement

FIELDS = ("name", "category", "contact_person", "phone", "email", "address", "note")
CLOSED = "Partner sehen und pflegen Beratung, Fachleitung und Koordination."
WITHOUT = "ohne-vereinbarung"


def reader(request: HttpRequest) -> Actor:
    if not (request.actor and rules.looks(request.actor)):
        raise NotAllowed(CLOSED)
    return request.actor


def keeper(request: HttpRequest) -> Actor:
    if not (request.actor and request.actor.may(Permission.MANAGE_PARTNERS)):
        raise NotAllowed(CLOSED)
    return request.actor


def partners(request: HttpRequest) -> HttpResponse:
    """`?nur=ohne-vereinbarung`: providers of courses with whom nothing is agreed."""
    actor, text, only = reader(request), request.GET.get("q", ""), request.GET.get("nur", "")
    lacking = providers_without_agreement(actor, timezone.localdate())
    rows = lacking if only == WITHOUT else partner_list(actor, text)
    context = {
        "page": keyset(rows, request.GET.get("ab", ""), by="name_key"),
        "text": text,
        "only": only,
        "lacking": 0 if only else lacking.count(),
        "may_change": actor.may(Permission.MANAGE_PARTNERS),
    }
    return render(request, "partners/list.html", context)


def partner(request: HttpRequest, partner_id: str) -> HttpResponse:
    actor, today = reader(request), timezone.localdate()
    found = get_partner(actor, partner_id)
    rows = [(row, row.state_on(today)) for row in cooperations_of(actor, found)]
    is_agreed = any(row.kind == CooperationKind.COURSE and state == CooperationState.IN_FORCE for row, state in rows)
    context = {
        "partner": found,
        "rows": rows,
        "kinds": _kinds(found),
        "lacks_agreement": rules.lacks_agreement(found, is_agreed),
        "panels": panels_of(actor, found),
        "may_change": rules.prepares(actor, found.organisation_id),
    }
    return render(request, "partners/partner.html", context)


def _kinds(partner: Partner) -> list[tuple[str, str]]:
    """What can be begun, the likeliest first."""
    is_provider = partner.category == rules.COURSE_PROVIDER
    return sorted(CooperationKind.choices, key=lambda kind: (kind[0] == CooperationKind.COURSE) != is_provider)


def edit(request: HttpRequest, partner_id: str = "") -> HttpResponse:
    actor = keeper(request)
    partner = get_partner(actor, partner_id) if partner_id else None
    initial = {name: getattr(partner, name) for name in FIELDS} if partner else {}
    form = PartnerForm(request.POST or None, actor=actor, initial=initial)
    saved: list[Partner] = []

    def act() -> None:
        data = form.cleaned_data
        saved.append(update_partner(by=actor, partner=partner, **data) if partner else create_partner(by=actor, **data))

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, "Gespeichert.")
        return redirect(reverse("partners:detail", args=[saved[0].public_id]))
    return render(request, "partners/edit.html", {"form": form, "partner": partner})
