"""What the pages of the room have in common: who acts, and on which grant."""

from django.http import HttpRequest
from django.urls import reverse

from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb
from lotse.funding import rules
from lotse.funding.queries import grants as queries
from lotse.organisations.actor import Actor
from lotse.programmes.models import Grant

CLOSED = "Diesen Bereich sehen Koordination, Verwaltung und Geschäftsführung."
RECEIVER = "Das macht, wer die Fördermittel des Zuwendungsempfängers führt."


def insider(request: HttpRequest) -> Actor:
    if not (request.actor and rules.enters(request.actor)):
        raise NotAllowed(CLOSED)
    return request.actor


def open_grant(request: HttpRequest, grant_id: str) -> Grant:
    return queries.get_grant(insider(request), grant_id)


def received_grant(request: HttpRequest, grant_id: str) -> Grant:
    """For who keeps the funds of its receiver; to a carrier it is there to be read only."""
    grant = open_grant(request, grant_id)
    if not rules.keeps_funds_of(request.actor, grant.organisation):
        raise NotAllowed(RECEIVER)
    return grant


def grant_crumbs(grant: Grant) -> list[Crumb]:
    return [(str(grant), f"{reverse('funding:home')}?zuwendung={grant.public_id}")]
