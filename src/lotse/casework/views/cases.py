from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from lotse.casework import queries
from lotse.casework.actions.access import request_assignment
from lotse.casework.actions.cases import open_case, set_next_step, set_tier
from lotse.casework.actions.contacts import record_assessment, record_contact
from lotse.casework.enums import CaseState, Tier
from lotse.casework.forms import (
    AssessmentForm,
    AssignmentForm,
    ContactForm,
    FirstContactForm,
    NextStepForm,
    TierForm,
)
from lotse.casework.models import Client, CounsellingCase
from lotse.casework.views.shared import file_view, form_page, with_draft
from lotse.catalogues.loader import catalogue
from lotse.organisations.queries import colleagues
from lotse.programmes.queries import counselling_offers


def open_case_of(client: Client) -> CounsellingCase:
    case = queries.current_case(client)
    if case is None or not case.is_open:
        raise Http404
    return case


@file_view("Erstkontakt", tab="overview")
def first_contact(request: HttpRequest, client: Client) -> HttpResponse:
    programmes = {o.programme.public_id: o.programme for o in counselling_offers(request.actor, timezone.localdate())}
    key = "first_contact"
    start = {"first_contact_on": timezone.localdate(), "channel": "in_person", "access_route": "own_initiative"}
    initial, draft = with_draft(request, key, client.public_id, start)
    choices = [(k, p.name) for k, p in programmes.items()]
    form = FirstContactForm(request.POST or None, actor=request.actor, initial=initial, programmes=choices)

    def act() -> None:
        data = dict(form.cleaned_data)
        open_case(by=request.actor, client=client, programme=programmes[data.pop("programme")], **data)

    to = f"/akte/{client.public_id}/einwilligungen/"
    done = "Erstkontakt festgehalten. Als Nächstes: Vereinbarung und Einwilligung."
    more = {"draft_key": key, "draft": draft, "helps_choosing_programme": True}
    return form_page(request, client, form, act, title="Erstkontakt", done=done, to=to, **more)


@file_view("Kontakt", tab="overview")
def new_contact(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(client)
    key = "contact"
    initial, draft = with_draft(request, key, client.public_id, {"on": timezone.localdate(), "channel": "in_person"})
    form = ContactForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        record_contact(by=request.actor, case=case, **form.cleaned_data)

    to = f"/akte/{client.public_id}/"
    return form_page(
        request,
        client,
        form,
        act,
        title="Kontakt erfassen",
        done="Kontakt gespeichert.",
        to=to,
        draft_key=key,
        draft=draft,
    )


@file_view("Art der Beratung", tab="overview")
def change_tier(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(client)
    suggested = Tier.CASE_MANAGEMENT if case.state == CaseState.IN_CASE_MANAGEMENT else Tier.BASIC_COUNSELLING
    form = TierForm(
        request.POST or None, actor=request.actor, initial={"tier": suggested, "since": timezone.localdate()}
    )

    def act() -> None:
        data = form.cleaned_data
        set_tier(by=request.actor, case=case, tier=Tier(data["tier"]), since=data["since"], note=data["note"])

    to = f"/akte/{client.public_id}/"
    guide = list(catalogue("tier_guide").entries.values())
    return form_page(request, client, form, act, title="Art der Beratung", done="Festgehalten.", to=to, guide=guide)


@file_view("Nächster Schritt", tab="overview")
def next_step(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(client)
    initial = {"next_step_on": case.next_step_on, "next_step": case.next_step, "reason": case.no_next_step_reason}
    form = NextStepForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        set_next_step(by=request.actor, case=case, **form.cleaned_data)

    return form_page(
        request, client, form, act, title="Nächster Schritt", done="Gespeichert.", to=f"/akte/{client.public_id}/"
    )


@file_view("Analyse", tab="part_a")
def assessment(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(client)
    key = "assessment"
    initial, draft = with_draft(
        request, key, client.public_id, {"conducted_on": timezone.localdate(), "kind": "social"}
    )
    form = AssessmentForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        record_assessment(by=request.actor, case=case, **form.cleaned_data)

    to = f"/akte/{client.public_id}/teil-a/"
    return form_page(
        request, client, form, act, title="Analyse", done="Analyse gespeichert.", to=to, draft_key=key, draft=draft
    )


@file_view("Aktenzugriff", tab="history")
def assign(request: HttpRequest, client: Client) -> HttpResponse:
    people = {p.public_id: p for p in colleagues(request.actor)}
    choices = [(key, str(person)) for key, person in people.items()]
    form = AssignmentForm(
        request.POST or None, actor=request.actor, people=choices, initial={"valid_from": timezone.localdate()}
    )

    def act() -> None:
        data = dict(form.cleaned_data)
        request_assignment(by=request.actor, client=client, person=people[data.pop("person")], **data)

    done = "Beantragt. Eine zweite Person bestätigt den Zugriff."
    to = f"/akte/{client.public_id}/verlauf/"
    return form_page(request, client, form, act, title="Akte für eine Kolleg*in öffnen", done=done, to=to)
