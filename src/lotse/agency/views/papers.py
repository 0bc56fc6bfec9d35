"""A document of an agency: its head, and how far it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.prescribed import export_of
from lotse.agency.views.shared import agency_url, chain_url, open_document
from lotse.organisations.actor import Actor


def head(actor: Actor, document: AgencyDocument) -> dict[str, object]:
    """What the head of every document's page needs."""
    return {
        "document": document,
        "agency_url": agency_url(document.agency),
        "chain_url": chain_url(document.agency, document.funding_year),
        "may_write": rules.may_write(actor, document),
        "export": export_of(document, timezone.localdate()),
    }


def document_page(request: HttpRequest, document: AgencyDocument, template: str, **context: object) -> HttpResponse:
    return render(request, template, {**head(request.actor, document), **context})


def analysis(request: HttpRequest, analysis_id: str) -> HttpResponse:
    return document_page(request, open_document(request, analysis_id, DocumentKind.ANALYSIS), "agency/document.html")


def report(request: HttpRequest, activity_report_id: str) -> HttpResponse:
    return document_page(
        request, open_document(request, activity_report_id, DocumentKind.REPORT), "agency/document.html"
    )
