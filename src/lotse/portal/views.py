from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.casework import queries, rules
from lotse.casework.actions.access import confirm_assignment
from lotse.casework.queries.access import emergencies_in_my_files, waiting_handovers
from lotse.core import drafts
from lotse.core.errors import NotAllowed
from lotse.organisations.enums import Permission
from lotse.partners.queries import partner_list


def home(request: HttpRequest) -> HttpResponse:
    """Heute: for me, gone quiet, waiting for a second person, drafts."""
    actor = request.actor
    if not actor:
        return render(request, "portal/no_person.html")
    if not actor.may(Permission.COUNSEL):
        waiting = {"waiting": queries.waiting_assignments(actor), "handovers": waiting_handovers(actor)}
        return render(request, "portal/home_plain.html", waiting)
    today = timezone.localdate()
    context = {
        "handovers": waiting_handovers(actor),
        "emergencies": emergencies_in_my_files(actor, today),
        "today": today,
        "next_steps": queries.my_next_steps(actor, today),
        "due_steps": queries.my_due_steps(actor, today),
        "quiet": queries.my_quiet_cases(actor, today),
        "appointments": queries.my_appointments(actor),
        "drafts": drafts.mine(actor),
        "waiting": queries.waiting_assignments(actor),
    }
    return render(request, "portal/home.html", context)


def search(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    text = request.GET.get("q", "").strip()
    if not actor:
        raise NotAllowed("Ihr Konto ist noch keiner Person zugeordnet.")
    clients = queries.search_clients(actor, text) if rules.reads_files(actor) else []
    partners = list(partner_list(actor, text)[:10]) if text else []
    return render(request, "portal/search.html", {"clients": clients, "partners": partners, "search_text": text})


def confirm(request: HttpRequest, assignment_id: str) -> HttpResponse:
    """The second person decides without seeing the file."""
    waiting = {a.public_id: a for a in queries.waiting_assignments(request.actor)} if request.actor else {}
    if assignment_id not in waiting:
        raise NotAllowed("Hier ist nichts zu bestätigen.")
    if request.method == "POST":
        confirm_assignment(by=request.actor, assignment=waiting[assignment_id])
    return render(request, "portal/confirmed.html")
