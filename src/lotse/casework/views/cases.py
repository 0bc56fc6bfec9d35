from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework import queries
from lotse.casework.actions.cases import change_first_contact, open_case, set_next_step
from lotse.casework.actions.contacts import record_assessment, record_contact, update_contact
from lotse.casework.forms import AssessmentForm, ContactChangeForm, ContactForm, FirstContactForm, NextStepForm
from lotse.casework.models import Client, Contact, CounsellingCase
from lotse.casework.queries.eligibility import last_choice
from lotse.casework.views import case_choice
from lotse.casework.views.shared import file_view, form_page
from lotse.casework.views.sheets import open_sheet
from lotse.programmes.models import Programme
from lotse.programmes.queries.programmes import counselling_offers


def open_case_of(request: HttpRequest, client: Client) -> CounsellingCase:
    return _going_on(request, queries.current_case(client))


def _going_on(request: HttpRequest, case: CounsellingCase | None) -> CounsellingCase:
    """What is sent to a case that has ended meanwhile reaches the action, which says so and keeps the text."""
    if case is None or not (case.is_open or request.method == "POST"):
        raise Http404
    return case


@file_view("Akte", tab="overview")
def choose_case(request: HttpRequest, client: Client, case_id: str) -> HttpResponse:
    case = queries.get_case_of(client, case_id)
    if request.method == "POST":
        case_choice.keep(request, client, case)
    return redirect(overview_url(client))


def overview_url(client: Client) -> str:
    return f"/akte/{client.public_id}/"


def _first_contact_form(
    request: HttpRequest, client: Client, programmes: dict[str, Programme], initial: dict[str, Any]
) -> FirstContactForm:
    return FirstContactForm(
        request.POST or None,
        actor=request.actor,
        initial=initial,
        client=client,
        programmes=[(key, programme.name) for key, programme in programmes.items()],
        limited={key for key, programme in programmes.items() if programme.max_years},
    )


@file_view("Erstkontakt", tab="overview")
def first_contact(request: HttpRequest, client: Client) -> HttpResponse:
    offers = counselling_offers(request.actor, timezone.localdate())
    programmes = {o.programme.public_id: o.programme for o in offers}
    chosen = last_choice(client)
    start = {"first_contact_on": timezone.localdate(), "channel": "in_person", "access_route": "own_initiative"}
    start |= {"programme": chosen.public_id} if chosen else {}
    sheet = open_sheet(request, client, lambda: start, "first_contact")
    form = _first_contact_form(request, client, programmes, sheet.initial)

    def act() -> None:
        data = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        data["programme"] = programmes[data["programme"]]
        open_case(by=request.actor, client=client, warnings=form.acknowledged, **data)

    to = f"/akte/{client.public_id}/einwilligungen/"
    done = "Erstkontakt festgehalten. Als Nächstes: Vereinbarung und Einwilligung."
    return form_page(
        request, client, form, act, title="Erstkontakt", done=done, to=to, sheet=sheet, helps_choosing_programme=True
    )


FIRST_CONTACT = (
    "first_contact_on", "channel", "access_route", "route_detail", "decided_jointly", "revision", *FirstContactForm.TEXTS,
)  # fmt: skip


@file_view("Erstkontakt", tab="overview")
def edit_first_contact(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(request, client)
    programme = case.programme

    def read() -> dict[str, Any]:
        fresh = open_case_of(request, client)
        return {"programme": programme.public_id, **{name: getattr(fresh, name) for name in FIRST_CONTACT}}

    sheet = open_sheet(request, client, read, "first_contact_change")
    form = _first_contact_form(request, client, {programme.public_id: programme}, sheet.initial)

    def act() -> None:
        data = {name: form.cleaned_data[name] for name in FIRST_CONTACT}
        change_first_contact(by=request.actor, case=case, warnings=form.acknowledged, **data)

    to = overview_url(client)
    return form_page(request, client, form, act, title="Erstkontakt", done="Gespeichert.", to=to, sheet=sheet)


@file_view("Kontakt", tab="overview", of_case=True)
def new_contact(request: HttpRequest, case: CounsellingCase) -> HttpResponse:
    client = _going_on(request, case).client
    start = {"on": timezone.localdate(), "channel": "in_person"}
    sheet = open_sheet(request, client, lambda: start, "contact")
    form = ContactForm(request.POST or None, actor=request.actor, initial=sheet.initial, case=case)

    def act() -> None:
        record_contact(by=request.actor, case=case, warnings=form.acknowledged, **form.cleaned_data)

    title, done = "Kontakt erfassen", "Kontakt gespeichert."
    return form_page(request, client, form, act, title=title, done=done, to=overview_url(client), sheet=sheet)


CONTACT = ("on", "channel", "minutes", "note", "revision")


@file_view("Kontakt", tab="overview")
def edit_contact(request: HttpRequest, client: Client, contact_id: str) -> HttpResponse:
    contact = _contact(request, client, contact_id)

    def read() -> dict[str, Any]:
        fresh = _contact(request, client, contact_id)
        topics = [topic.topic for topic in fresh.topics.all()]
        return {"topics": topics, **{name: getattr(fresh, name) for name in CONTACT}}

    sheet = open_sheet(request, client, read, f"contact.{contact_id}")
    form = ContactChangeForm(request.POST or None, actor=request.actor, initial=sheet.initial, case=contact.case)

    def act() -> None:
        update_contact(by=request.actor, contact=contact, warnings=form.acknowledged, **form.cleaned_data)

    title, done = "Kontakt ändern", "Kontakt gespeichert."
    return form_page(request, client, form, act, title=title, done=done, to=overview_url(client), sheet=sheet)


def _contact(request: HttpRequest, client: Client, contact_id: str) -> Contact:
    found = queries.get_contact(request.actor, contact_id)
    if found.client_id != client.pk:
        raise Http404
    return found


@file_view("Nächster Schritt", tab="overview")
def next_step(request: HttpRequest, client: Client) -> HttpResponse:
    def read() -> dict[str, Any]:
        case = open_case_of(request, client)
        plain = {name: getattr(case, name) for name in ("next_step_on", "next_step", "revision")}
        return {**plain, "reason": case.no_next_step_reason}

    sheet = open_sheet(request, client, read, "next_step")
    form = NextStepForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        set_next_step(by=request.actor, case=open_case_of(request, client), **form.cleaned_data)

    title, to = "Nächster Schritt", overview_url(client)
    return form_page(request, client, form, act, title=title, done="Gespeichert.", to=to, sheet=sheet)


@file_view("Analyse", tab="part_a")
def assessment(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(request, client)
    start = {"conducted_on": timezone.localdate(), "kind": "social"}
    sheet = open_sheet(request, client, lambda: start, "assessment")
    form = AssessmentForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        record_assessment(by=request.actor, case=case, **form.cleaned_data)

    to = f"/akte/{client.public_id}/teil-a/"
    return form_page(request, client, form, act, title="Analyse", done="Analyse gespeichert.", to=to, sheet=sheet)
