"""The one button of every hint: false alarm."""

from django.http import HttpRequest, HttpResponse

from lotse.agency.actions.hints import dismiss_hint
from lotse.agency.views.shared import back_to, document_url, open_document, own_document
from lotse.core.formpages import button


def false_alarm(request: HttpRequest, agency_document_id: str) -> HttpResponse:
    document = open_document(request, agency_document_id)
    given, to = request.POST, back_to(request, document_url(document))

    def act() -> None:
        own_document(request, agency_document_id)
        named = {name: given.get(name, "") for name in ("hint", "place", "words")}
        dismiss_hint(by=request.actor, document=document, **named)

    return button(request, act, to)
