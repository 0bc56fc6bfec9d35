"""Accompaniment around a course."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.actions import courses as acts
from lotse.casework.actions.consents import record_decision
from lotse.casework.enums import Act, ChildCare, CourseFee
from lotse.casework.forms import courses as forms
from lotse.casework.models import Client, CourseParticipation
from lotse.casework.queries import courses as queries
from lotse.casework.views.shared import file_view, form_page, page
from lotse.casework.views.sheets import open_sheet
from lotse.catalogues.texts import text
from lotse.core.formflow import refusals_told
from lotse.partners.models import Partner
from lotse.partners.queries import partner_list

TAB = "courses"


def _list_url(client: Client) -> str:
    return f"{client.get_absolute_url()}kurse/"


def _course(request: HttpRequest, client: Client, course_id: str) -> CourseParticipation:
    return queries.get_course(request.actor, client, course_id)


def _providers(request: HttpRequest, kept: Partner | None = None) -> dict[str, Partner]:
    return {p.public_id: p for p in [*partner_list(request.actor), *([kept] if kept else [])]}


@file_view("Kurse", tab=TAB)
def courses(request: HttpRequest, client: Client) -> HttpResponse:
    cards = queries.courses_of(client, timezone.localdate())
    return page(request, client, "casework/courses.html", cards=cards, may_add=rules.plan_is_open(client))


@file_view("Kurs", tab=TAB)
def new_course(request: HttpRequest, client: Client) -> HttpResponse:
    providers = _providers(request)
    start = {"child_care": ChildCare.OPEN, "fee": CourseFee.OPEN}
    sheet = open_sheet(request, client, lambda: start, "course")
    form = _form(request, providers, sheet.initial)

    def act() -> None:
        acts.add_course(by=request.actor, client=client, warnings=form.acknowledged, **_data(form, providers))

    title, done = "Kurs eintragen", "Kurs eingetragen."
    return form_page(request, client, form, act, title=title, done=done, to=_list_url(client), sheet=sheet)


def _form(
    request: HttpRequest, providers: dict[str, Partner], initial: dict[str, Any], **more: Any
) -> forms.CourseForm:
    offered = [(ref, partner.name) for ref, partner in providers.items()]
    return forms.CourseForm(request.POST or None, actor=request.actor, initial=initial, providers=offered, **more)


def _data(form: forms.CourseForm, providers: dict[str, Partner]) -> dict[str, Any]:
    plain = {name: form.cleaned_data[name] for name in form.PLAIN}
    return {**plain, "provider": providers[form.cleaned_data["provider"]]}


@file_view("Kurs", tab=TAB)
def edit_course(request: HttpRequest, client: Client, course_id: str) -> HttpResponse:
    course = _course(request, client, course_id)
    providers = _providers(request, course.provider)

    def read() -> dict[str, Any]:
        return forms.CourseForm.initial_from(_course(request, client, course_id))

    sheet = open_sheet(request, client, read, f"course.{course_id}")
    form = _form(request, providers, sheet.initial, is_running=course.is_running)

    def act() -> None:
        revision = form.cleaned_data["revision"]
        acts.change_course(
            by=request.actor, course=course, revision=revision, warnings=form.acknowledged, **_data(form, providers)
        )

    return form_page(
        request, client, form, act, title="Kurs ändern", done="Gespeichert.", to=_list_url(client), sheet=sheet
    )


@file_view("Kurs", tab=TAB)
def progress(request: HttpRequest, client: Client, course_id: str) -> HttpResponse:
    course = _course(request, client, course_id)

    def read() -> dict[str, Any]:
        return {"on": timezone.localdate(), "revision": _course(request, client, course_id).revision}

    sheet = open_sheet(request, client, read, f"course.{course_id}.progress")
    form = forms.ProgressForm(
        request.POST or None, actor=request.actor, initial=sheet.initial, has_begun=course.began_on is not None
    )

    def act() -> None:
        _carry_out(request, course, form.cleaned_data)

    title = "Verlauf des Kurses"
    return form_page(request, client, form, act, title=title, done="Festgehalten.", to=_list_url(client), sheet=sheet)


def _carry_out(request: HttpRequest, course: CourseParticipation, typed: dict[str, Any]) -> None:
    acting = {"by": request.actor, "course": course, "on": typed["on"], "revision": typed["revision"]}
    if typed["what"] == forms.BEGAN:
        acts.begin_course(**acting)
    elif typed["what"] == forms.FINISHED:
        acts.finish_course(**acting, level_reached=typed["level_reached"], has_certificate=typed["has_certificate"])
    else:
        more = {name: typed[name] for name in ("reason", "note", "follow_up_on", "follow_up")}
        acts.drop_out(**acting, **more)


@file_view("Kurs", tab=TAB)
def take_back(request: HttpRequest, client: Client, course_id: str) -> HttpResponse:
    course = _course(request, client, course_id)
    if request.method == "POST":
        with refusals_told(request):
            acts.take_back_end(by=request.actor, course=course)
    return redirect(_list_url(client))


@file_view("Gespräch mit dem Kursträger", tab=TAB)
def provider_contact(request: HttpRequest, client: Client, course_id: str) -> HttpResponse:
    course = _course(request, client, course_id)

    def read() -> dict[str, Any]:
        return {"on": timezone.localdate(), "revision": _course(request, client, course_id).revision}

    sheet = open_sheet(request, client, read, f"course.{course_id}.talk")
    form = forms.ProviderContactForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        acts.record_provider_contact(by=request.actor, course=course, **form.cleaned_data)

    return form_page(
        request, client, form, act, title=f"Gespräch mit {course.provider}", done="Festgehalten.",
        to=_list_url(client), sheet=sheet, template="casework/provider_contact.html", course=course,
        consent=queries.exchange_consent(client, course),
    )  # fmt: skip


@file_view("Einwilligung zum Austausch", tab=TAB)
def allow_exchange(request: HttpRequest, client: Client, course_id: str) -> HttpResponse:
    """The consent of the person for exactly this: the provider of her course may hear how it goes."""
    course = _course(request, client, course_id)
    initial = {"decided_on": timezone.localdate(), "language": "de", "given": "yes"}
    form = forms.ExchangeConsentForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        typed = dict(form.cleaned_data)
        given = typed.pop("given") == "yes"
        wording = text(Act.DISCLOSURE, typed["language"]).version
        record_decision(
            by=request.actor, client=client, act=Act.DISCLOSURE, given=given, recipient=course.provider,
            purpose=rules.EXCHANGE, text_version=wording, **typed,
        )  # fmt: skip

    title = f"Einwilligung: Austausch mit {course.provider}"
    notice = "Sie gilt nur für diesen Kursträger und für Gespräche über den Kurs. Widerrufen lässt sie sich jederzeit."
    return form_page(request, client, form, act, title=title, done="Festgehalten.", to=_list_url(client), notice=notice)
