"""The one button of every hint: false alarm."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from lotse.agency.actions.hints import dismiss_hint
from lotse.agency.views.shared import document_url, open_document, own_document
from lotse.core.formpages import button


def false_alarm(request: HttpRequest, agency_document_id: str) -> HttpResponse:
    """Back to the page that the hint stood on."""
    document = open_document(request, agency_document_id)
    given, back = request.POST, request.POST.get("back", "")
    to = back if url_has_allowed_host_and_scheme(back, None) else document_url(document)

    def act() -> None:
        own_document(request, agency_document_id)
        named = {name: given.get(name, "") for name in ("hint", "place", "words")}
        dismiss_hint(by=request.actor, document=document, **named)

    return button(request, act, to)
