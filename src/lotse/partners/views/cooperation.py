"""The steps of a cooperation agreement, each a small page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formflow import refusals_told
from lotse.core.forms import LotseForm
from lotse.documents.answers import file_answer, pdf_answer
from lotse.documents.enums import DeletionReason
from lotse.documents.intake import receive
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.partners import rules
from lotse.partners.actions import cooperation as acts
from lotse.partners.enums import CooperationEnd, CooperationKind
from lotse.partners.forms import cooperation as forms
from lotse.partners.models import CooperationAgreement, Partner
from lotse.partners.papers import cooperation_paper
from lotse.partners.patterns import pattern
from lotse.partners.queries import get_partner
from lotse.partners.queries.cooperation import get_cooperation, possible_people
from lotse.partners.queries.partners import other_partners
from lotse.partners.views.shared import form_page, keeper, reader

STORED = (
    "subject", "partner_contact", "presence", "events", "offer", "at_risk", "our_part", "their_part", "valid_from",
    "valid_to", "review_on", "revision",
)  # fmt: skip


def _to(agreement: CooperationAgreement) -> str:
    return reverse("partners:cooperation", args=[agreement.partner.public_id, agreement.public_id])


def _page(request: HttpRequest, partner: Partner, *rest: Any, **more: Any) -> HttpResponse:
    return form_page(request, *rest, partner=partner, **more)


@dataclass(frozen=True)
class _Choices:
    """Who can be responsible at ours, and which other partners can take part."""

    people: dict[str, Person]
    partners: dict[str, Partner]

    def form(self, request: HttpRequest, kind: str, initial: dict[str, Any]) -> forms.CooperationForm:
        people = [(key, str(person)) for key, person in self.people.items()]
        partners = [(key, partner.name) for key, partner in self.partners.items()]
        return forms.CooperationForm(
            request.POST or None, actor=request.actor, initial=initial, kind=kind, people=people, partners=partners
        )

    def data(self, form: forms.CooperationForm) -> dict[str, Any]:
        chosen = form.cleaned_data
        further = [self.partners[key] for key in chosen.get("further", [])]
        return {**chosen, "responsible": self.people[chosen["responsible"]], "further": further}


def _choices(actor: Actor, partner: Partner, kept: CooperationAgreement | None = None) -> _Choices:
    parties = [party.partner for party in kept.parties.all()] if kept else []
    others = other_partners(actor, partner) | {one.public_id: one for one in parties}
    return _Choices(possible_people(actor, kept.responsible if kept else None), others)


def new(request: HttpRequest, partner_id: str, cooperation_kind: str) -> HttpResponse:
    actor = keeper(request)
    partner = get_partner(actor, partner_id)
    if cooperation_kind not in CooperationKind.values:
        raise Http404
    kind, choices = CooperationKind(cooperation_kind), _choices(actor, partner)
    start = {"responsible": actor.ref, "partner_contact": partner.contact_name, "valid_from": timezone.localdate()}
    form = choices.form(request, kind, {**pattern(actor.organisation_id, kind), **start})
    made: list[CooperationAgreement] = []

    def act() -> None:
        data = choices.data(form)
        data.pop("revision")
        made.append(acts.draft_cooperation(by=actor, partner=partner, kind=kind, **data))

    back, note = reverse("partners:detail", args=[partner.public_id]), "Die Texte sind ein Muster. Passen Sie sie an."
    answer = _page(request, partner, form, act, title=kind.label, back=back, done="Vorbereitet.", note=note)
    return redirect(_to(made[0])) if made else answer


def cooperation(request: HttpRequest, partner_id: str, cooperation_id: str) -> HttpResponse:
    actor = reader(request)
    found = get_cooperation(actor, partner_id, cooperation_id)
    context = {
        "agreement": found,
        "partner": found.partner,
        "state": found.state_on(timezone.localdate()),
        "next_version": getattr(found, "replaced_by", None),
        "may_change": rules.prepares(actor, found.organisation_id),
        "may_sign": rules.signs(actor, found.organisation_id),
        "is_ready": rules.is_ready_to_sign(found),
    }
    return render(request, "partners/cooperation.html", context)


def edit(request: HttpRequest, partner_id: str, cooperation_id: str) -> HttpResponse:
    actor = keeper(request)
    found = get_cooperation(actor, partner_id, cooperation_id)
    choices = _choices(actor, found.partner, found)
    stored = {name: getattr(found, name) for name in STORED}
    stored["further"] = [party.partner.public_id for party in found.parties.all()]
    form = choices.form(request, found.kind, {**stored, "responsible": found.responsible.public_id})

    def act() -> None:
        acts.change_cooperation(by=actor, agreement=found, **choices.data(form))

    return _page(request, found.partner, form, act, title=str(found), back=_to(found), done="Gespeichert.")


def _step(
    request: HttpRequest,
    found: CooperationAgreement,
    form: LotseForm,
    verb: Callable[..., Any],
    title: str,
    **more: Any,
) -> HttpResponse:
    """A small form that carries out one act on the agreement."""

    def act() -> None:
        verb(by=request.actor, agreement=found, **form.cleaned_data)

    return _page(request, found.partner, form, act, title=title, back=_to(found), done="Festgehalten.", **more)


def check(request: HttpRequest, partner_id: str, cooperation_id: str) -> HttpResponse:
    found = get_cooperation(keeper(request), partner_id, cooperation_id)
    form = forms.CheckForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})
    return _step(request, found, form, acts.check_cooperation, "Vertrag geprüft")


def sign(request: HttpRequest, partner_id: str, cooperation_id: str) -> HttpResponse:
    found = get_cooperation(reader(request), partner_id, cooperation_id)
    if not rules.signs(request.actor, found.organisation_id):
        raise NotAllowed(acts.WHO_SIGNS)
    today = timezone.localdate()
    initial = {"on": today, "partner_signed_on": today, "partner_signer": found.partner_contact}
    others = [(party.partner.public_id, party.partner.name) for party in found.parties.all()]
    form = forms.SignForm(request.POST or None, actor=request.actor, initial=initial, others=others)

    def act() -> None:
        acts.sign_cooperation(by=request.actor, agreement=found, **form.signatures())

    return _page(
        request, found.partner, form, act, title="Unterschrift festhalten", back=_to(found), done="Festgehalten."
    )


def review(request: HttpRequest, partner_id: str, cooperation_id: str) -> HttpResponse:
    found = get_cooperation(keeper(request), partner_id, cooperation_id)
    form = forms.CooperationReviewForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})
    return _step(request, found, form, acts.review_cooperation, "Wieder besprochen")


def end(request: HttpRequest, partner_id: str, cooperation_id: str) -> HttpResponse:
    found = get_cooperation(keeper(request), partner_id, cooperation_id)
    form = forms.CooperationEndForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def verb(*, reason: str, **data: Any) -> None:
        acts.end_cooperation(reason=CooperationEnd(reason), **data)

    return _step(request, found, form, verb, "Vereinbarung beenden")


def revise(request: HttpRequest, partner_id: str, cooperation_id: str) -> HttpResponse:
    found = get_cooperation(keeper(request), partner_id, cooperation_id)
    if request.method == "POST":
        with refusals_told(request):
            found = acts.revise_cooperation(by=request.actor, agreement=found)
    return redirect(_to(found))


def drop(request: HttpRequest, partner_id: str, cooperation_id: str) -> HttpResponse:
    found = get_cooperation(keeper(request), partner_id, cooperation_id)
    if request.method == "POST":
        with refusals_told(request):
            acts.drop_cooperation(by=request.actor, agreement=found)
            messages.success(request, "Entwurf verworfen.")
    return redirect("partners:detail", found.partner.public_id)


def pdf(request: HttpRequest, partner_id: str, cooperation_id: str) -> FileResponse:
    found = get_cooperation(reader(request), partner_id, cooperation_id)
    return pdf_answer(cooperation_paper(found), "kooperationsvereinbarung.pdf")


def upload(request: HttpRequest, partner_id: str, cooperation_id: str) -> HttpResponse:
    found = get_cooperation(keeper(request), partner_id, cooperation_id)
    form = forms.SignedSheetForm(request.POST or None, request.FILES or None, actor=request.actor)

    def verb(*, file: Any, **data: Any) -> None:
        with receive(file, by=request.actor) as received:
            acts.add_cooperation_scan(received=received, **data)

    return _step(request, found, form, verb, "Unterschriebene Vereinbarung ablegen", submit="Ablegen")


def delete_scan(request: HttpRequest, partner_id: str, cooperation_id: str) -> HttpResponse:
    found = get_cooperation(keeper(request), partner_id, cooperation_id)
    form = forms.DeleteSheetForm(request.POST or None, actor=request.actor)

    def verb(*, reason: str, **data: Any) -> None:
        acts.delete_cooperation_scan(reason=DeletionReason(reason), **data)

    return _step(request, found, form, verb, "Unterschriebenes Blatt löschen", submit="Endgültig löschen")


def scan(request: HttpRequest, partner_id: str, cooperation_id: str) -> HttpResponse:
    found = get_cooperation(reader(request), partner_id, cooperation_id)
    if found.scan is None:
        raise Http404
    return file_answer(found.scan)
