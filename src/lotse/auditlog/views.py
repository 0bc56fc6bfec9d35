from django.http import HttpRequest, HttpResponse

from lotse.auditlog.door import require
from lotse.auditlog.queries import asked, history_page, organisation_log
from lotse.core.htmx import render

READ_LOG = "read_log"


def organisation_protocol(request: HttpRequest) -> HttpResponse:
    """What was done in the actor's organisation, by whom; never to which client."""
    actor = request.actor
    require(bool(actor) and READ_LOG in actor.permissions, "Protokolle liest, wer den Datenschutz verantwortet.")
    only, after = asked(request.GET)
    events = organisation_log(actor.organisation_id, changes=only != "reads", reads=only != "changes", after=after)
    context = {"history": history_page(events), "only": only, "after": after}
    return render(request, "auditlog/protocol.html", context)
