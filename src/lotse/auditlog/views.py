from django.http import HttpRequest, HttpResponse

from lotse.auditlog.door import require
from lotse.auditlog.queries import history_page, organisation_log
from lotse.core.htmx import render

READ_LOG = "read_log"
ONLY = ("changes", "reads")


def organisation_protocol(request: HttpRequest) -> HttpResponse:
    """What was done in the actor's organisation, by whom; never to which client."""
    actor = request.actor
    require(bool(actor) and READ_LOG in actor.permissions, "Protokolle liest, wer den Datenschutz verantwortet.")
    only, after = asked(request)
    events = organisation_log(actor.organisation_id, changes=only != "reads", reads=only != "changes", after=after)
    context = {"history": history_page(events), "only": only, "after": after}
    return render(request, "auditlog/protocol.html", context)


def asked(request: HttpRequest) -> tuple[str, int | None]:
    """The filter and the entry below which to go on; nonsense means everything from the top."""
    only, after = request.GET.get("nur", ""), request.GET.get("ab", "")
    return only if only in ONLY else "", int(after[:18]) if after.isascii() and after.isdigit() else None
