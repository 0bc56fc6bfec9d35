"""What the pages of the network have in common: who acts, and on which format or meeting."""

from django.http import HttpRequest
from django.urls import reverse

from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb
from lotse.network import rules
from lotse.network.models import Meeting, NetworkFormat
from lotse.network.queries.formats import get_format
from lotse.network.queries.meetings import get_meeting
from lotse.organisations.actor import Actor

CLOSED = "Das Netzwerk sehen alle, die bei einem Träger arbeiten."
ORGANISERS = "Das macht, wer im Haus Runden und Foren organisiert."


def insider(request: HttpRequest) -> Actor:
    """Whoever works at a carrier may be invited to a meeting."""
    if not (request.actor and rules.enters(request.actor)):
        raise NotAllowed(CLOSED)
    return request.actor


def arranger(request: HttpRequest) -> Actor:
    actor = insider(request)
    if not rules.may_arrange(actor):
        raise NotAllowed(ORGANISERS)
    return actor


def open_format(request: HttpRequest, format_id: str) -> NetworkFormat:
    return get_format(insider(request), format_id)


def own_format(request: HttpRequest, format_id: str) -> NetworkFormat:
    """For who keeps its dates; to others of the house it is there to be read only."""
    found = open_format(request, format_id)
    if not rules.arranges(request.actor, found):
        raise NotAllowed(ORGANISERS)
    return found


def open_meeting(request: HttpRequest, meeting_id: str) -> Meeting:
    return get_meeting(insider(request), meeting_id)


def own_meeting(request: HttpRequest, meeting_id: str) -> Meeting:
    found = open_meeting(request, meeting_id)
    if not rules.arranges(request.actor, found.format):
        raise NotAllowed(ORGANISERS)
    return found


def organised_meeting(request: HttpRequest, meeting_id: str) -> Meeting:
    """For who organises networks: who leads a team asks nobody from outside and keeps no templates of the house."""
    found = open_meeting(request, meeting_id)
    if not rules.organises(request.actor, found.organisation_id):
        raise NotAllowed(ORGANISERS)
    return found


def led_meeting(request: HttpRequest, meeting_id: str) -> Meeting:
    found = open_meeting(request, meeting_id)
    if not rules.leads(request.actor, found):
        raise NotAllowed("Das macht, wer das Treffen organisiert, moderiert oder das Protokoll führt.")
    return found


def format_url(format: NetworkFormat) -> str:
    return reverse("network:format", args=[format.public_id])


def format_crumbs(format: NetworkFormat) -> list[Crumb]:
    return [(format.name, format_url(format))]


def meeting_url(meeting: Meeting) -> str:
    return reverse("network:meeting", args=[meeting.public_id])


def meeting_crumbs(meeting: Meeting) -> list[Crumb]:
    return [(str(meeting), meeting_url(meeting))]
