from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lotse.casework import queries
from lotse.casework.actions.enquiries import record_enquiry
from lotse.casework.forms import EnquiryForm
from lotse.casework.views.shared import actor_of, require_counsellor
from lotse.core.formflow import carried_out
from lotse.organisations.actor import Actor
from lotse.partners.queries import by_kind, partner_list
from lotse.programmes.models import SiteOffer
from lotse.programmes.queries.programmes import counselling_offers


@require_counsellor
def enquiry(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    today = timezone.localdate()
    offers = {o.public_id: o for o in counselling_offers(actor, today)}
    form = _form(request, actor, offers)
    if request.method == "POST" and carried_out(form, lambda: _record(actor, form, offers)):
        messages.success(request, "Anfrage erfasst.")
        return redirect("casework:enquiry")
    return render(request, "casework/enquiry.html", {"form": form, "recent": queries.my_enquiries(actor, 5)})


def _form(request: HttpRequest, actor: Actor, offers: dict[str, SiteOffer]) -> EnquiryForm:
    initial = {
        "on": timezone.localdate(),
        "channel": "in_person",
        "route": "own_initiative",
        "offer": next(iter(offers), ""),
    }
    return EnquiryForm(
        request.POST or None,
        actor=actor,
        initial=initial,
        offers=[(key, f"{offer.site} – {offer.programme}") for key, offer in offers.items()],
        partners=by_kind(actor, partner_list(actor)),
    )


def _record(actor: Actor, form: EnquiryForm, offers: dict[str, SiteOffer]) -> None:
    data = dict(form.cleaned_data)
    offer = offers[data.pop("offer")]
    partner = partner_list(actor).filter(public_id=data.pop("referred_to") or "").first()
    record_enquiry(
        by=actor, site=offer.site, programme=offer.programme, referred_to=partner, warnings=form.acknowledged, **data
    )
