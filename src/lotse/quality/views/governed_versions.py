"""One version: written, handed in, approved, compared with the one before, printed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import button, form_page
from lotse.documents.answers import file_answer, pdf_answer
from lotse.documents.intake import receive
from lotse.quality import governed_papers, rules
from lotse.quality.actions import governed_versions as acts
from lotse.quality.actions.governed import WHO_WRITES
from lotse.quality.enums import ReviewResult, VersionState
from lotse.quality.forms.governed import ApproveForm, ReturnForm, ReviewForm, VersionForm
from lotse.quality.models import GovernedDocument, GovernedVersion
from lotse.quality.queries import governed as queries
from lotse.quality.queries.wording import beside
from lotse.quality.views.governed import document_crumbs, document_url
from lotse.quality.views.shared import insider, must_keep


def version_url(version: GovernedVersion) -> str:
    return reverse("quality:version", args=[version.public_id])


def _writable(request: HttpRequest, governed_document_id: str) -> GovernedDocument:
    found = queries.get_document(insider(request), governed_document_id)
    if not rules.writes(request.actor, found):
        raise NotAllowed(WHO_WRITES)
    return found


def _written(request: HttpRequest, governed_version_id: str) -> GovernedVersion:
    """A version, for who writes its document."""
    found = queries.get_version(insider(request), governed_version_id)
    if not rules.writes(request.actor, found.document):
        raise NotAllowed(WHO_WRITES)
    return found


def _kept(request: HttpRequest, governed_version_id: str) -> GovernedVersion:
    found = queries.get_version(insider(request), governed_version_id)
    must_keep(request.actor, found.organisation)
    return found


def version(request: HttpRequest, governed_version_id: str) -> HttpResponse:
    found = _written(request, governed_version_id)
    before = queries.version_before(found)
    both = before is not None and bool(before.text) and bool(found.text)
    may_keep = rules.keeps_quality_of(request.actor, found.organisation)
    context = {
        "version": found, "document": found.document, "before": before, "crumbs": document_crumbs(found.document),
        "differs": beside(before.text, found.text) if before and both else None,
        "may_approve": rules.may_approve(request.actor, found),
        "may_keep": may_keep, "may_withdraw": found.is_open or (may_keep and found.is_to_come_or_holds),
        "is_draft": found.state == VersionState.DRAFT, "is_submitted": found.state == VersionState.SUBMITTED,
    }  # fmt: skip
    return render(request, "quality/version.html", context)


def new_version(request: HttpRequest, governed_document_id: str) -> HttpResponse:
    """Begins with the words of the version in force."""
    found = _writable(request, governed_document_id)
    known = queries.versions(found)
    opened = next((one for one in known if one.is_open), None)
    if opened:
        return redirect(version_url(opened))
    holding = queries.holding_version(found)
    number = known[0].number + 1 if known else 1
    form = VersionForm(
        request.POST or None, request.FILES or None, actor=request.actor, number=number,
        initial={"text": holding.text if holding else ""},
    )  # fmt: skip

    def act() -> str:
        return version_url(_kept_with_file(request, form, acts.begin_version, document=found))

    return form_page(
        request,
        form,
        act,
        title=f"Fassung {number}: {found.title}",
        crumbs=document_crumbs(found),
        done="Entwurf gespeichert.",
    )


def _kept_with_file(request: HttpRequest, form: VersionForm, act: Any, **of: Any) -> GovernedVersion:
    given = form.cleaned_data
    said = {"text": given["text"], "change_note": given.get("change_note") or "", **of}
    if not given["file"]:
        return act(by=request.actor, **said)
    with receive(given["file"], by=request.actor) as received:
        return act(by=request.actor, received=received, **said)


def edit_version(request: HttpRequest, governed_version_id: str) -> HttpResponse:
    found = _written(request, governed_version_id)
    first = {"text": found.text, "change_note": found.change_note, "revision": found.revision}
    form = VersionForm(
        request.POST or None, request.FILES or None, actor=request.actor, number=found.number, version=found, initial=first
    )  # fmt: skip

    def act() -> None:
        _kept_with_file(request, form, acts.write_version, version=found, revision=form.cleaned_data["revision"])

    crumbs = [*document_crumbs(found.document), (str(found), version_url(found))]
    return form_page(request, form, act, title=f"{found}: {found.document.title}", crumbs=crumbs)


def submit(request: HttpRequest, governed_version_id: str) -> HttpResponse:
    found = _written(request, governed_version_id)

    def act() -> None:
        acts.submit_version(by=request.actor, version=found)

    return button(request, act, version_url(found), "Vorgelegt. Freigeben muss jemand anderes.")


def withdraw(request: HttpRequest, governed_version_id: str) -> HttpResponse:
    found = _written(request, governed_version_id)

    def act() -> None:
        acts.withdraw_version(by=request.actor, version=found)

    return button(request, act, document_url(found.document), "Zurückgezogen.")


def approve(request: HttpRequest, governed_version_id: str) -> HttpResponse:
    found = _kept(request, governed_version_id)
    form = ApproveForm(request.POST or None, actor=request.actor, initial={"valid_from": timezone.localdate()})

    def act() -> str:
        acts.approve_version(by=request.actor, version=found, valid_from=form.cleaned_data["valid_from"])
        return document_url(found.document)

    crumbs = [*document_crumbs(found.document), (str(found), version_url(found))]
    return form_page(
        request, form, act, title=f"{found} freigeben", crumbs=crumbs, submit="Freigeben", done="Freigegeben."
    )


def give_back(request: HttpRequest, governed_version_id: str) -> HttpResponse:
    found = _kept(request, governed_version_id)
    form = ReturnForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.return_version(by=request.actor, version=found, remark=form.cleaned_data["remark"])

    crumbs = [*document_crumbs(found.document), (str(found), version_url(found))]
    return form_page(
        request, form, act, title=f"{found} zurückgeben", crumbs=crumbs, submit="Zurückgeben", done="Zurückgegeben."
    )


def review(request: HttpRequest, governed_document_id: str) -> HttpResponse:
    """What needs a new version goes on to its draft."""
    found = _writable(request, governed_document_id)
    holding = queries.holding_version(found)
    if holding is None:
        raise Http404
    form = ReviewForm(request.POST or None, actor=request.actor)

    def act() -> str | None:
        acts.review_version(by=request.actor, version=holding, **form.cleaned_data)
        is_to_write = form.cleaned_data["result"] == ReviewResult.NEW_VERSION
        return reverse("quality:new_version", args=[found.public_id]) if is_to_write else None

    lead = f"{holding}, gilt seit {holding.valid_from:%d.%m.%Y}, zu prüfen bis {holding.review_on:%d.%m.%Y}."
    return form_page(request, form, act, title=f"{found.title} prüfen", crumbs=document_crumbs(found), lead=lead)


def version_pdf(request: HttpRequest, governed_version_id: str) -> HttpResponseBase:
    found = queries.get_version(insider(request), governed_version_id)
    if not found.text:
        raise Http404
    return pdf_answer(governed_papers.version_paper(found), f"{found.document} {found}.pdf")


def version_file(request: HttpRequest, governed_version_id: str) -> HttpResponse:
    found = queries.get_version(insider(request), governed_version_id)
    if found.file is None:
        raise Http404
    return file_answer(found.file)
