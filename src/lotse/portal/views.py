from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lotse.agency.queries.today import work_items as agency_work
from lotse.casework import queries, rules
from lotse.casework.queries.calendar import coming
from lotse.casework.queries.seldom import seldom_lists
from lotse.core import drafts
from lotse.core.errors import NotAllowed
from lotse.core.formflow import refusals_told
from lotse.funding.queries.grants import search_grants
from lotse.funding.queries.today import work_items as funding_work
from lotse.network.queries.formats import search_formats
from lotse.network.queries.work import all_work
from lotse.organisations.accounts_queries import resets_to_confirm
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.partners.queries import partner_list
from lotse.portal.waiting import Waiting, decide, waiting_for
from lotse.programmes.queries.today import deadline_lines
from lotse.quality.queries.today import work_items as quality_work
from lotse.wayup.today import work_items


def home(request: HttpRequest) -> HttpResponse:
    """Heute: for me, gone quiet, waiting for a second person, drafts."""
    actor, today = request.actor, timezone.localdate()
    if not actor:
        return render(request, "portal/no_person.html")
    if not actor.may(Permission.COUNSEL):
        return render(request, "portal/home_plain.html", {**_waiting(actor), **seldom_lists(actor, today)})
    context = {
        **_waiting(actor),
        **seldom_lists(actor, today),
        "next_steps": queries.my_next_steps(actor, today),
        "due_steps": queries.my_due_steps(actor, today),
        "quiet": queries.my_quiet_cases(actor, today),
        "appointments": coming(actor, today),
        "drafts": drafts.mine(actor),
    }
    return render(request, "portal/home.html", context)


def _waiting(actor: Actor) -> dict[str, Any]:
    return {
        "today": timezone.localdate(),
        "waiting": waiting_for(actor),
        "may_lead": rules.reads_files(actor),
        "resets": resets_to_confirm(actor),
        "reports": work_items(actor, timezone.localdate()),
        "agency": agency_work(actor, timezone.localdate()),
        "funding": funding_work(actor, timezone.localdate()),
        "quality": quality_work(actor, timezone.localdate()),
        "deadlines": deadline_lines(actor, timezone.localdate()),
        "network": all_work(actor, timezone.localdate(), has_calendar=actor.may(Permission.COUNSEL)),
    }


def search(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    text = request.GET.get("q", "").strip()
    if not actor:
        raise NotAllowed("Ihr Konto ist noch keiner Person zugeordnet.")
    clients = queries.search_clients(actor, text) if rules.reads_files(actor) else []
    partners = list(partner_list(actor, text)[:10]) if text else []
    found = {
        "clients": clients,
        "partners": partners,
        "formats": search_formats(actor, text),
        "grants": search_grants(actor, text),
    }
    context = {**found, "search_text": text, "may_add": actor.may(Permission.COUNSEL)}
    return render(request, "portal/search.html", context)


def confirmations(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this second person."""
    seconds = {Permission.CONFIRM_FILE_ACCESS, Permission.ALLOW_EMERGENCY}
    if not request.actor or request.actor.permissions.isdisjoint(seconds):
        raise NotAllowed("Hier bestätigen Fachleitung, Geschäftsführung und Datenschutz.")
    return render(request, "portal/confirmations.html", {"waiting": waiting_for(request.actor)})


def confirm(request: HttpRequest, waiting_id: str) -> HttpResponse:
    """The second person decides without seeing a file."""
    waiting = {w.ref: w for w in waiting_for(request.actor)} if request.actor else {}
    if waiting_id not in waiting:
        raise NotAllowed("Hier ist nichts zu bestätigen.")
    if request.method == "POST":
        _decide(request, waiting[waiting_id])
    return redirect("portal:confirmations")


def _decide(request: HttpRequest, asked: Waiting) -> None:
    agree = request.POST.get("decision") != "decline" or not asked.can_be_declined
    with refusals_told(request):
        decide(request.actor, asked, agree)
        messages.success(request, "Bestätigt." if agree else "Abgelehnt.")
