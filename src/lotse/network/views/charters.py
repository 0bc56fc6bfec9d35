"""What a network has agreed on, to be read: in Lotse, and behind the link of an invitation without a login."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lotse.core.doorless import open_to_all
from lotse.documents.answers import pdf_answer
from lotse.network import rules
from lotse.network.models import Attendance, Charter
from lotse.network.papers import CHARTER_FILE, charter_paper, charter_parts
from lotse.network.queries.formats import agreed_charter, get_charter
from lotse.network.views.answers import behind_the_link
from lotse.network.views.shared import format_crumbs, open_format


def read_charter(request: HttpRequest, format_id: str, charter_id: str) -> HttpResponse:
    charter = _charter(request, format_id, charter_id)
    context = {
        "charter": charter,
        "parts": charter_parts(charter),
        "crumbs": format_crumbs(charter.format),
        "organises": rules.arranges(request.actor, charter.format),
    }
    return render(request, "network/charter.html", context)


def charter_pdf(request: HttpRequest, format_id: str, charter_id: str) -> HttpResponse:
    return pdf_answer(charter_paper(_charter(request, format_id, charter_id)), CHARTER_FILE)


def _charter(request: HttpRequest, format_id: str, charter_id: str) -> Charter:
    return get_charter(request.actor, open_format(request, format_id), charter_id)


@open_to_all
@behind_the_link
def invited_charter(request: HttpRequest, place: Attendance, token: str) -> HttpResponse:
    """Whoever was invited reads what is agreed; the link is the one for her reply and ends with it (NW-01)."""
    charter = _agreed(place)
    context = {"charter": charter, "parts": charter_parts(charter), "token": token}
    return render(request, "network/invited_charter.html", context)


@open_to_all
@behind_the_link
def invited_charter_pdf(_request: HttpRequest, place: Attendance, _token: str) -> HttpResponse:
    return pdf_answer(charter_paper(_agreed(place)), CHARTER_FILE)


def _agreed(place: Attendance) -> Charter:
    charter = agreed_charter(place.meeting.format)
    if charter is None:
        raise Http404
    return charter
