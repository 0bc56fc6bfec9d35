"""What both sides promise each other: one calm page of the file, and the steps of an agreement."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.recorder import record_read
from lotse.casework import rules
from lotse.casework.actions import agreements as acts
from lotse.casework.agreement_papers import agreement_paper
from lotse.casework.enums import AgreementEnd, AgreementKind
from lotse.casework.forms import DeleteScanForm, ScanForm
from lotse.casework.forms.agreements import AgreeForm, AgreementEndForm, AgreementForm, AgreementReviewForm
from lotse.casework.forms.referrals import DisclosureForm
from lotse.casework.models import Agreement, Client
from lotse.casework.queries.agreements import agreements_of, get_agreement
from lotse.casework.queries.referrals import possible_partners
from lotse.casework.views.cases import open_case_of
from lotse.casework.views.shared import file_view, form_page, page
from lotse.casework.views.sheets import open_sheet
from lotse.catalogues.texts import client_languages, language_or_german, text
from lotse.core.formflow import refusals_told
from lotse.documents.answers import file_answer, pdf_answer
from lotse.documents.enums import DeletionReason
from lotse.documents.intake import receive

TAB, WHAT = "agreements", "Vereinbarung"
RIGHTS = "Wir gehen respektvoll miteinander um.\nWas besprochen wird, bleibt unter uns.\nBeide können die Vereinbarung ändern oder beenden."
WORDS = ("goal", "house_part", "client_part", "others_part", "rights", "appointments", "revision")


def _to(client: Client, agreement: Agreement) -> str:
    return reverse("casework:agreement", args=[client.public_id, agreement.public_id])


@file_view("Vereinbarungen", tab=TAB)
def agreements(request: HttpRequest, client: Client) -> HttpResponse:
    rows = agreements_of(client)
    is_there = any(row.kind == AgreementKind.INTEGRATION and row.ended_on is None for row in rows)
    kinds = [
        (key, label) for key, label in AgreementKind.choices if not (is_there and key == AgreementKind.INTEGRATION)
    ]
    context = {"rows": rows, "kinds": kinds, "may_begin": rules.plan_is_open(client)}
    return page(request, client, "casework/agreements.html", **context)


def _form(request: HttpRequest, kind: str, initial: dict[str, Any]) -> tuple[AgreementForm, dict[str, Any]]:
    partners = possible_partners(request.actor) if kind == AgreementKind.WORKING else {}
    choices = [(key, partner.name) for key, partner in partners.items()]
    form = AgreementForm(request.POST or None, actor=request.actor, initial=initial, kind=kind, partners=choices)
    return form, partners


def _parts(form: AgreementForm, partners: dict[str, Any]) -> dict[str, Any]:
    chosen = [partners[key] for key in form.cleaned_data.get("partners", [])]
    return {**form.cleaned_data, "partners": chosen}


@file_view(WHAT, tab=TAB)
def new_agreement(request: HttpRequest, client: Client, kind: str) -> HttpResponse:
    if kind not in AgreementKind.values:
        raise Http404
    case = open_case_of(request, client)
    sheet = open_sheet(request, client, lambda: {"rights": RIGHTS}, f"agreement.{kind}")
    form, partners = _form(request, kind, sheet.initial)
    made: list[Agreement] = []

    def act() -> None:
        data = _parts(form, partners)
        data.pop("revision")
        made.append(acts.draft_agreement(by=request.actor, case=case, kind=AgreementKind(kind), **data))

    title, to = AgreementKind(kind).label, reverse("casework:agreements", args=[client.public_id])
    answer = form_page(
        request, client, form, act, title=title, done="Vorbereitet.", to=to, sheet=sheet, submit="Weiter"
    )
    return redirect(_to(client, made[0])) if made else answer


@file_view(WHAT, tab=TAB)
def agreement(request: HttpRequest, client: Client, agreement_id: str) -> HttpResponse:
    found = get_agreement(request.actor, client, agreement_id)
    context = {
        "agreement": found,
        "languages": client_languages(),
        "unasked": acts.partners_without_consent(found) if found.agreed_on is None else [],
        "next_version": getattr(found, "replaced_by", None),
    }
    return page(request, client, "casework/agreement.html", **context)


@file_view(WHAT, tab=TAB)
def edit_agreement(request: HttpRequest, client: Client, agreement_id: str) -> HttpResponse:
    found = get_agreement(request.actor, client, agreement_id)

    def read() -> dict[str, Any]:
        fresh = get_agreement(request.actor, client, agreement_id)
        chosen = [partner.public_id for partner in fresh.partners.all()]
        return {"partners": chosen, **{name: getattr(fresh, name) for name in WORDS}}

    sheet = open_sheet(request, client, read, f"agreement.{agreement_id}")
    form, partners = _form(request, found.kind, sheet.initial)

    def act() -> None:
        acts.change_agreement(by=request.actor, agreement=found, **_parts(form, partners))

    to = _to(client, found)
    return form_page(request, client, form, act, title=str(found), done="Gespeichert.", to=to, sheet=sheet)


def _step(
    request: HttpRequest, client: Client, found: Agreement, form: Any, verb: Callable[..., Any], title: str, **more: Any
) -> HttpResponse:
    """A small form that carries out one act on the agreement."""

    def act() -> None:
        verb(by=request.actor, agreement=found, **form.cleaned_data)

    return form_page(request, client, form, act, title=title, done="Festgehalten.", to=_to(client, found), **more)


@file_view(WHAT, tab=TAB)
def agree(request: HttpRequest, client: Client, agreement_id: str) -> HttpResponse:
    found = get_agreement(request.actor, client, agreement_id)
    initial = {"on": timezone.localdate(), "language": "de", "revision": found.revision}
    form = AgreeForm(request.POST or None, actor=request.actor, initial=initial)
    return _step(request, client, found, form, acts.agree_agreement, "Vereinbarung schließen")


@file_view(WHAT, tab=TAB)
def review(request: HttpRequest, client: Client, agreement_id: str) -> HttpResponse:
    found = get_agreement(request.actor, client, agreement_id)
    form = AgreementReviewForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})
    return _step(request, client, found, form, acts.review_agreement, "Wieder besprochen")


@file_view(WHAT, tab=TAB)
def end(request: HttpRequest, client: Client, agreement_id: str) -> HttpResponse:
    found = get_agreement(request.actor, client, agreement_id)
    form = AgreementEndForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def verb(*, reason: str, **data: Any) -> None:
        acts.end_agreement(reason=AgreementEnd(reason), **data)

    notice = "Beide Seiten können jederzeit beenden, ohne Nachteil."
    return _step(request, client, found, form, verb, "Vereinbarung beenden", notice=notice)


@file_view(WHAT, tab=TAB)
def participation(request: HttpRequest, client: Client, agreement_id: str) -> HttpResponse:
    found = get_agreement(request.actor, client, agreement_id)
    initial = {"decided_on": timezone.localdate(), "language": "de", "given": "yes"}
    form = DisclosureForm(request.POST or None, actor=request.actor, initial=initial)
    names = ", ".join(partner.name for partner in acts.partners_without_consent(found))

    def verb(*, given: str, language: str, **data: Any) -> None:
        version = text("disclosure", language).version
        acts.record_participation(given=given == "yes", language=language, text_version=version, **data)

    notice = f"Sie erfahren, worum es geht: {found.goal}"
    return _step(request, client, found, form, verb, f"Dürfen sie mitarbeiten: {names}?", notice=notice)


@file_view(WHAT, tab=TAB)
def revise(request: HttpRequest, client: Client, agreement_id: str) -> HttpResponse:
    found = get_agreement(request.actor, client, agreement_id)
    if request.method != "POST":
        return redirect(_to(client, found))
    with refusals_told(request):
        found = acts.revise_agreement(by=request.actor, agreement=found)
    return redirect(_to(client, found))


@file_view(WHAT, tab=TAB)
def agreement_pdf(request: HttpRequest, client: Client, agreement_id: str) -> FileResponse:
    found = get_agreement(request.actor, client, agreement_id)
    paper = agreement_paper(found, language_or_german(request.GET.get("sprache", "")))
    return pdf_answer(paper, f"vereinbarung-{client.number}.pdf")


@file_view(WHAT, tab=TAB)
def upload(request: HttpRequest, client: Client, agreement_id: str) -> HttpResponse:
    found = get_agreement(request.actor, client, agreement_id)
    form = ScanForm(request.POST or None, request.FILES or None, actor=request.actor)
    form.fields["file"].label = "Scan oder Foto der unterschriebenen Vereinbarung"

    def verb(*, file: Any, **data: Any) -> None:
        with receive(file, by=request.actor, file=client) as received:
            acts.add_agreement_scan(received=received, **data)

    return _step(request, client, found, form, verb, "Unterschriebene Vereinbarung ablegen", submit="Ablegen")


@file_view(WHAT, tab=TAB)
def delete(request: HttpRequest, client: Client, agreement_id: str) -> HttpResponse:
    found = get_agreement(request.actor, client, agreement_id)
    form = DeleteScanForm(request.POST or None, actor=request.actor)

    def verb(*, reason: str, **data: Any) -> None:
        acts.delete_agreement_scan(reason=DeletionReason(reason), **data)

    return _step(request, client, found, form, verb, "Unterschriebenes Blatt löschen", submit="Endgültig löschen")


@file_view(WHAT, tab=TAB)
def scan(request: HttpRequest, client: Client, agreement_id: str) -> HttpResponse:
    found = get_agreement(request.actor, client, agreement_id)
    if found.scan is None or rules.is_restricted(client):
        raise Http404
    record_read(by=request.actor, obj=found, file=client, what="unterschriebene Vereinbarung", kind="downloaded")
    return file_answer(found.scan)
