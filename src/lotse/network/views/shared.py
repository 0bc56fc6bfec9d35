from django.http import HttpRequest

from lotse.core.errors import NotAllowed
from lotse.network import rules
from lotse.organisations.actor import Actor

CLOSED = "Das Netzwerk sehen alle, die bei einem Träger arbeiten."


def insider(request: HttpRequest) -> Actor:
    """Whoever works at a carrier may be invited to a meeting."""
    if not (request.actor and rules.enters(request.actor)):
        raise NotAllowed(CLOSED)
    return request.actor
