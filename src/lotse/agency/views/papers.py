"""A document of an agency: its head, and how far it is."""

from collections.abc import Collection

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
    export = export_of(document, timezone.localdate())
    return {
        "document": document,
        "agency_url": agency_url(document.agency),
        "chain_url": chain_url(document.agency, document.funding_year),
        "may_write": rules.may_write(actor, document),
        "export": export,
        "held_back": export.reason if export and not document.is_frozen else "",
    }


def document_page(
    request: HttpRequest, document: AgencyDocument, template: str, *, shown_places: Collection[str] = (), **context: object
) -> HttpResponse:  # fmt: skip
    """With its steps and what was said about it. `shown_places`: passages beside which the page shows that itself."""
    about = head(request.actor, document)
    way = steps.head(request.actor, document, "reihe" in request.GET, shown_places, held=str(about["held_back"]))
    following = way["following"]
    following_url = f"{document_url(following)}?reihe=1" if following else ""
    return render(request, template, {**way, **about, "following_url": following_url, **context})
