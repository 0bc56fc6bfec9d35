"""A document of an agency: its head, and how far it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.prescribed import export_of
from lotse.agency.views import steps
from lotse.agency.views.shared import agency_url, chain_url, document_url
from lotse.organisations.actor import Actor


def head(actor: Actor, document: AgencyDocument) -> dict[str, object]:
    """What every page needs that belongs to a document."""
    return {
        "document": document,
        "agency_url": agency_url(document.agency),
        "chain_url": chain_url(document.agency, document.funding_year),
        "may_write": rules.may_write(actor, document),
        "export": export_of(document, timezone.localdate()),
    }


def document_page(request: HttpRequest, document: AgencyDocument, template: str, **context: object) -> HttpResponse:
    """With its steps and what was said about it. `comments_inline`: the page shows that beside the passages."""
    way = steps.head(request.actor, document, "reihe" in request.GET, bool(context.get("comments_inline")))
    following = way["following"]
    known = {
        **head(request.actor, document),
        "following_url": f"{document_url(following)}?reihe=1" if following else "",
    }
    return render(request, template, {**way, **known, **context})
