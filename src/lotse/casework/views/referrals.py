"""A client is referred to a partner: the pages of the file."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.actions import referrals as acts
from lotse.casework.enums import ReferralState
from lotse.casework.forms.referrals import DisclosureForm, FollowUpForm, RecipientForm, ReferralForm, ReplyForm
from lotse.casework.models import Client, Referral
from lotse.casework.queries import referrals as queries
from lotse.casework.referral_content import Section, sections_of, stored_sections, titles_of
from lotse.casework.referral_papers import disclosure_paper
from lotse.casework.views.shared import file_view, form_page, page
from lotse.casework.views.sheets import open_sheet
from lotse.catalogues.texts import client_languages, language_or_german, text
from lotse.core.formflow import refusals_told
from lotse.documents.answers import pdf_answer
from lotse.partners.queries import choice

TAB = "referrals"
DRAFT = ("purpose", "sections", "message", "revision")


def _url(name: str, client: Client, referral: Referral | None = None) -> str:
    return reverse(f"casework:{name}", args=[client.public_id, *([referral.public_id] if referral else [])])


@file_view("Verweise", tab=TAB)
def referrals(request: HttpRequest, client: Client) -> HttpResponse:
    rows = queries.referrals_of(client)
    return page(request, client, "casework/referrals.html", rows=rows, may_refer=rules.plan_is_open(client))


def _form(request: HttpRequest, client: Client, initial: dict[str, Any]) -> tuple[ReferralForm, dict[str, Any]]:
    """The list of partners can be narrowed to a language of the client, with one button and nothing lost."""
    partners, actor, typed = queries.possible_partners(request.actor), request.actor, request.POST
    wanted = typed.get("spricht", typed.get("narrowed", ""))
    chosen = typed.get("partner") or initial.get("partner", "")
    offered = choice(actor, partners.values(), [client.contact_language, *client.languages], wanted, chosen)
    sections = [(section.key, section.title) for section in sections_of(client)]
    form = ReferralForm(typed or None, actor=actor, initial=initial, partners=offered, sections=sections)
    return form, partners


@file_view("Verweis", tab=TAB)
def new_referral(request: HttpRequest, client: Client) -> HttpResponse:
    sheet = open_sheet(request, client, lambda: _begun(request, client), "referral")
    form, partners = _form(request, client, sheet.initial)
    made: list[Referral] = []

    def act() -> None:
        data = {name: form.cleaned_data[name] for name in ("purpose", "sections", "message")}
        partner = partners[form.cleaned_data["partner"]]
        made.append(acts.draft_referral(by=request.actor, client=client, partner=partner, **data))

    answer = form_page(
        request, client, form, act, title="An einen Partner verweisen", done="Vorbereitet. Als Nächstes: die Einwilligung der Person.",
        to=_url("referrals", client), sheet=sheet, submit="Weiter",
    )  # fmt: skip
    return redirect(_url("referral", client, made[0])) if made else answer


def _begun(request: HttpRequest, client: Client) -> dict[str, Any]:
    """After a refusal the next partner gets the same words; the person is asked again."""
    former = request.GET.get("nach", "")
    if not former:
        return {"sections": ["contact"]}
    told = queries.get_referral(request.actor, client, former)
    return {"purpose": told.purpose, "sections": told.sections, "message": told.message}


@file_view("Verweis", tab=TAB)
def edit_referral(request: HttpRequest, client: Client, referral_id: str) -> HttpResponse:
    referral = queries.get_referral(request.actor, client, referral_id)

    def read() -> dict[str, Any]:
        fresh = queries.get_referral(request.actor, client, referral_id)
        return {"partner": fresh.partner.public_id, **{name: getattr(fresh, name) for name in DRAFT}}

    sheet = open_sheet(request, client, read, f"referral.{referral_id}")
    form, partners = _form(request, client, sheet.initial)

    def act() -> None:
        data = {**form.cleaned_data, "partner": partners[form.cleaned_data["partner"]]}
        acts.change_referral(by=request.actor, referral=referral, **data)

    to = _url("referral", client, referral)
    return form_page(request, client, form, act, title="Verweis ändern", done="Gespeichert.", to=to, sheet=sheet)


@file_view("Verweis", tab=TAB)
def referral(request: HttpRequest, client: Client, referral_id: str) -> HttpResponse:
    return _shown(request, client, queries.get_referral(request.actor, client, referral_id))


def _shown(request: HttpRequest, client: Client, referral: Referral, **more: Any) -> HttpResponse:
    is_draft = referral.state == ReferralState.DRAFT
    consent = acts.covering_consent(referral) if is_draft else referral.consent
    context = {
        "referral": referral,
        "sections": _chosen(client, referral) if is_draft else stored_sections(referral.content),
        "consent": consent,
        "is_under_way": rules.is_open_to_partner(referral) and referral.state != ReferralState.ACCEPTED,
        "is_locked": rules.code_is_locked(referral),
        "languages": client_languages() if is_draft and not consent else (),
        "form": FollowUpForm(request.POST or None, actor=request.actor),
        **more,
    }
    return page(request, client, "casework/referral.html", **context)


def _chosen(client: Client, referral: Referral) -> list[Section]:
    return [section for section in sections_of(client) if section.key in referral.sections]


@file_view("Einwilligung zur Weitergabe", tab=TAB)
def disclosure(request: HttpRequest, client: Client, referral_id: str) -> HttpResponse:
    referral = queries.get_referral(request.actor, client, referral_id)
    initial = {"decided_on": timezone.localdate(), "language": "de", "given": "yes"}
    form = DisclosureForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        data = {**form.cleaned_data, "given": form.cleaned_data["given"] == "yes"}
        version = text("disclosure", data["language"]).version
        acts.record_disclosure(by=request.actor, referral=referral, text_version=version, **data)

    title, to = f"Darf {referral.partner} das wissen?", _url("referral", client, referral)
    return form_page(request, client, form, act, title=title, done="Festgehalten.", to=to, notice=_asked(referral))


def _asked(referral: Referral) -> str:
    return f"Zweck: {referral.purpose}. Weitergegeben wird: {titles_of(referral.sections)}."


@file_view("Einwilligung zur Weitergabe", tab=TAB)
def disclosure_pdf(request: HttpRequest, client: Client, referral_id: str) -> FileResponse:
    referral = queries.get_referral(request.actor, client, referral_id)
    paper = disclosure_paper(referral, language_or_german(request.GET.get("sprache", "")))
    return pdf_answer(paper, f"weitergabe-{client.number}.pdf")


@file_view("Verweis", tab=TAB)
def send(request: HttpRequest, client: Client, referral_id: str) -> HttpResponse:
    """The first link, or a new one when the first got lost."""
    referral = queries.get_referral(request.actor, client, referral_id)
    is_first = referral.state == ReferralState.DRAFT
    initial = {"recipient": referral.recipient or referral.partner.email}
    form = RecipientForm(request.POST or None, actor=request.actor, initial=initial)
    verb = acts.send_referral if is_first else acts.renew_link

    def act() -> None:
        verb(by=request.actor, referral=referral, **form.cleaned_data)

    title = f"An {referral.partner} abschicken" if is_first else "Neuen Link schicken"
    done = "Abgeschickt. Geben Sie jetzt den Code am Telefon durch."
    to = _url("referral", client, referral)
    return form_page(request, client, form, act, title=title, done=done, to=to, submit="Abschicken", notice=MAIL)


MAIL = "In der Mail steht kein Name, nur ein Link. Er gilt 14 Tage und öffnet sich mit einem Code, den Sie am Telefon sagen."


@file_view("Verweis", tab=TAB)
def code(request: HttpRequest, client: Client, referral_id: str) -> HttpResponse:
    """Shown on this answer and nowhere again."""
    referral = queries.get_referral(request.actor, client, referral_id)
    if request.method != "POST":
        return redirect(_url("referral", client, referral))
    with refusals_told(request):
        made = acts.make_code(by=request.actor, referral=referral)
        fresh = queries.get_referral(request.actor, client, referral_id)
        return _shown(request, client, fresh, code=f"{made[:4]} {made[4:]}")
    return redirect(_url("referral", client, referral))


@file_view("Verweis", tab=TAB)
def cancel(request: HttpRequest, client: Client, referral_id: str) -> HttpResponse:
    referral = queries.get_referral(request.actor, client, referral_id)
    if request.method == "POST":
        with refusals_told(request):
            acts.cancel_referral(by=request.actor, referral=referral)
            messages.success(request, "Zurückgezogen. Der Link ist geschlossen.")
    return redirect(_url("referral", client, referral))


@file_view("Verweis", tab=TAB)
def follow_up(request: HttpRequest, client: Client, referral_id: str) -> HttpResponse:
    referral = queries.get_referral(request.actor, client, referral_id)
    form = FollowUpForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.follow_up(by=request.actor, referral=referral, **form.cleaned_data)

    title, to = "Nachgefasst", _url("referral", client, referral)
    notice = "Ohne Datum gilt der Verweis als erledigt und erscheint nicht mehr auf der Seite Heute."
    return form_page(request, client, form, act, title=title, done="Gespeichert.", to=to, notice=notice)


@file_view("Verweis", tab=TAB)
def reply(request: HttpRequest, client: Client, question_id: str) -> HttpResponse:
    question = queries.get_question(request.actor, client, question_id)
    form = ReplyForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.answer_question(by=request.actor, question=question, **form.cleaned_data)

    title, to = f"Frage von {question.referral.partner}", _url("referral", client, question.referral)
    notice = f"{question.asked_by} fragt: {question.text}"
    return form_page(request, client, form, act, title=title, done="Beantwortet.", to=to, notice=notice)
