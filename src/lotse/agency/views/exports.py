"""A document as PDF and as Word file, on the form that holds; else why not, back on its page. Once released, the PDF is the one that was filed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from lotse.agency.actions.papers import take_current_form
from lotse.agency.models import AgencyDocument
from lotse.agency.prescribed_papers import paper
from lotse.agency.queries.contents import contents
from lotse.agency.queries.prescribed import export_of
from lotse.agency.queries.way import released_of
from lotse.agency.views.shared import document_url, open_document
from lotse.core.formpages import button
from lotse.documents import templates
from lotse.documents.answers import attached, file_answer, pdf_answer
from lotse.documents.archives import DOCX
from lotse.documents.rendering.docx import render_docx
from lotse.documents.templates import Current

Answer = Callable[[AgencyDocument, Current], HttpResponseBase]


def pdf(request: HttpRequest, agency_document_id: str) -> HttpResponseBase:
    kept = released_of(request.actor, open_document(request, agency_document_id))
    if kept:
        return file_answer(kept.evidence.file)

    def answer(document: AgencyDocument, current: Current) -> HttpResponseBase:
        printed = paper(document, contents(request.actor, document), current)
        return pdf_answer(printed, f"{document}.pdf")

    return _exported(request, agency_document_id, answer)


def word(request: HttpRequest, agency_document_id: str) -> HttpResponseBase:
    """The prescribed form, filled; where it has no file, the paper of the house."""

    def answer(document: AgencyDocument, current: Current) -> HttpResponseBase:
        values = contents(request.actor, document)
        form = current.template
        made = templates.fill(form, values) if form and form.file else render_docx(paper(document, values, current))
        return attached(made, f"{document}.docx", DOCX)

    return _exported(request, agency_document_id, answer)


def _exported(request: HttpRequest, public_id: str, answer: Answer) -> HttpResponseBase:
    document = open_document(request, public_id)
    current = export_of(document, timezone.localdate())
    if current is None:
        raise Http404
    if not current.allows:
        messages.error(request, current.reason)
        return redirect(document_url(document))
    return answer(document, current)


def take_form(request: HttpRequest, agency_document_id: str) -> HttpResponse:
    document = open_document(request, agency_document_id)

    def act() -> None:
        take_current_form(by=request.actor, document=document)

    return button(request, act, document_url(document), "Das Dokument steht jetzt auf der gültigen Vorlage.")
