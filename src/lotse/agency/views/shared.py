"""What the pages of an agency have in common: who acts, on which agency or document, and where its pages stand."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from lotse.agency import rules
from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.addresses import document_url
from lotse.agency.queries.agencies import get_agency
from lotse.agency.queries.papers import get_document
from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

CLOSED = "Diesen Bereich sehen Integrationsfachkräfte und wer Integrationsagenturen begleitet."
WRITERS = "Das schreibt, wer in dieser Integrationsagentur arbeitet."


def insider(request: HttpRequest) -> Actor:
    if not (request.actor and rules.enters(request.actor)):
        raise NotAllowed(CLOSED)
    return request.actor


def open_agency(request: HttpRequest, agency_id: str) -> Organisation:
    return get_agency(insider(request), agency_id)


def own_agency(request: HttpRequest, agency_id: str) -> Organisation:
    """For who works in it; to who oversees it, it is there to be read only."""
    found = open_agency(request, agency_id)
    if not rules.works_in(request.actor, found):
        raise NotAllowed(WRITERS)
    return found


def open_document(request: HttpRequest, document_id: str, *kinds: DocumentKind) -> AgencyDocument:
    return get_document(insider(request), document_id, *kinds)


def own_document(request: HttpRequest, document_id: str, *kinds: DocumentKind) -> AgencyDocument:
    """For who may write it now."""
    found = open_document(request, document_id, *kinds)
    if not rules.may_write(request.actor, found):
        raise NotAllowed(WRITERS)
    return found


def agency_url(agency: Organisation) -> str:
    return reverse("agency:agency", args=[agency.public_id])


def chain_url(agency: Organisation, year: int) -> str:
    return f"{reverse('agency:chain', args=[agency.public_id])}?jahr={year}"


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where the button stood that was pressed."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, None) else otherwise


def document_crumbs(document: AgencyDocument) -> list[Crumb]:
    return [(str(document.agency), agency_url(document.agency)), (str(document), document_url(document))]
