"""A document of an agency: its head, and how far it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lotse.agency import rules
from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument
from lotse.agency.views.shared import agency_url, chain_url, document_url, open_document
from lotse.agency.views.steps import head


def document_page(request: HttpRequest, document: AgencyDocument, template: str, **context: object) -> HttpResponse:
    """With what the head of every document's page needs. `comments_inline`: the page shows them beside their passages."""
    shown = head(request.actor, document, "reihe" in request.GET, bool(context.get("comments_inline")))
    following = shown["following"]
    known = {
        "document": document,
        "agency_url": agency_url(document.agency),
        "chain_url": chain_url(document.agency, document.funding_year),
        "may_write": rules.may_write(request.actor, document),
        "following_url": f"{document_url(following)}?reihe=1" if following else "",
    }
    return render(request, template, {**shown, **known, **context})


def analysis(request: HttpRequest, analysis_id: str) -> HttpResponse:
    return document_page(request, open_document(request, analysis_id, DocumentKind.ANALYSIS), "agency/document.html")


def plan(request: HttpRequest, task_plan_id: str) -> HttpResponse:
    return document_page(request, open_document(request, task_plan_id, DocumentKind.TASK_PLAN), "agency/document.html")


def controlling(request: HttpRequest, controlling_id: str) -> HttpResponse:
    return document_page(
        request, open_document(request, controlling_id, DocumentKind.CONTROLLING), "agency/document.html"
    )
