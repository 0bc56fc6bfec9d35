"""Who else may look, and who takes over."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.auditlog.recorder import record_read
from lotse.casework import rules
from lotse.casework.actions.access import end_assignment, request_assignment
from lotse.casework.actions.emergency import break_glass
from lotse.casework.actions.file import RESTING
from lotse.casework.actions.handovers import (
    accept_handover,
    file_protocol,
    offer_handover,
    return_handover,
    withdraw_handover,
)
from lotse.casework.forms import AssignmentForm, EmergencyForm, HandoverForm
from lotse.casework.handover_papers import handover_protocol
from lotse.casework.models import Client, Handover
from lotse.casework.queries import get_client
from lotse.casework.queries.access import (
    decided_handover,
    get_assignment,
    get_handover,
    get_handover_of,
    handovers_page,
    offered_handover,
    possible_receivers,
)
from lotse.casework.views.shared import actor_of, file_view, form_page, require_counsellor
from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out, refusals_told
from lotse.core.htmx import render
from lotse.documents.answers import file_answer, pdf_answer
from lotse.documents.intake import produced
from lotse.documents.rendering import FontsMissing, render_pdf
from lotse.organisations.queries import colleagues
from lotse.programmes.queries.programmes import counselling_offers


def _history(client: Client) -> str:
    return f"/akte/{client.public_id}/verlauf/"


@file_view("Aktenzugriff", tab="history")
def assign(request: HttpRequest, client: Client) -> HttpResponse:
    people = {p.public_id: p for p in colleagues(request.actor)}
    choices = [(key, str(person)) for key, person in people.items()]
    form = AssignmentForm(
        request.POST or None, actor=request.actor, people=choices, initial={"valid_from": timezone.localdate()}
    )

    def act() -> None:
        data = dict(form.cleaned_data)
        request_assignment(by=request.actor, client=client, person=people[data.pop("person")], **data)

    done = "Beantragt. Eine zweite Person bestätigt den Zugriff."
    title = "Akte für eine Kolleg*in öffnen"
    return form_page(request, client, form, act, title=title, done=done, to=_history(client))


@file_view("Aktenzugriff", tab="history")
def end_access(request: HttpRequest, client: Client, assignment_id: str) -> HttpResponse:
    if request.method == "POST":
        assignment = get_assignment(client, assignment_id)
        with refusals_told(request):
            end_assignment(by=request.actor, assignment=assignment, on=timezone.localdate())
            messages.success(request, "Der Zugriff endet heute.")
    return redirect(_history(client))


@file_view("Übergabe", tab="history")
def pass_on(request: HttpRequest, client: Client) -> HttpResponse:
    if not rules.may_pass_on(request.actor, client):
        raise NotAllowed("Eine Akte übergibt, wer zuständig ist, die Vertretung oder die Fachleitung.")
    people = {p.public_id: p for p in possible_receivers(client, timezone.localdate())}
    programmes = {o.programme.public_id: o.programme for o in counselling_offers(request.actor, timezone.localdate())}
    form = HandoverForm(
        request.POST or None,
        actor=request.actor,
        people=[(key, str(person)) for key, person in people.items()],
        programmes=[(key, programme.name) for key, programme in programmes.items()],
        initial={"on": timezone.localdate(), "reason": request.GET.get("grund", "")},
    )

    def act() -> None:
        data: dict[str, Any] = dict(form.cleaned_data)
        data["to"] = people[data["to"]]
        data["to_programme"] = programmes.get(data["to_programme"])
        offer_handover(by=request.actor, client=client, warnings=form.acknowledged, **data)

    done = "Angeboten. Sie bleiben zuständig, bis die Übergabe angenommen ist."
    return form_page(request, client, form, act, title="Akte übergeben", done=done, to=_history(client))


@file_view("Übergabe", tab="history")
def take_back(request: HttpRequest, client: Client) -> HttpResponse:
    offered = offered_handover(client)
    if request.method == "POST" and offered:
        withdraw_handover(by=request.actor, handover=offered)
        messages.success(request, "Angebot zurückgezogen.")
    return redirect(_history(client))


def handovers(request: HttpRequest) -> HttpResponse:
    """All that wait for her, the oldest first."""
    page = handovers_page(actor_of(request), request.GET.get("ab", ""))
    return render(request, "casework/handovers.html", {"page": page})


def decide_handover(request: HttpRequest, handover_id: str) -> HttpResponse:
    """The receiver or a second person decides without seeing the file."""
    handover = get_handover(actor_of(request), handover_id)
    if request.method != "POST":
        return render(request, "casework/handover.html", {"handover": handover})
    with refusals_told(request):
        if request.POST.get("answer") == "accept":
            accept_handover(by=request.actor, handover=handover)
            _file_protocol(request, handover)
            messages.success(
                request, f"Übernommen: Akte {handover.client.number} liegt jetzt bei {handover.to_person}."
            )
        else:
            return_handover(by=request.actor, handover=handover)
            messages.success(request, "Zurückgegeben. Die Akte bleibt, wo sie war.")
    return redirect("portal:home")


def _file_protocol(request: HttpRequest, handover: Handover) -> None:
    """Printed after the act, so that it says who accepted. Where printing fails, the page prints it anew when asked."""
    fresh = decided_handover(handover.public_id)
    try:
        paper = render_pdf(handover_protocol(fresh))
    except FontsMissing as error:
        messages.warning(request, str(error))
        return
    with produced(paper, f"uebergabe-{fresh.client.number}.pdf", by=request.actor) as received:
        file_protocol(by=request.actor, handover=fresh, received=received)


def protocol(request: HttpRequest, client_id: str, passed_id: str) -> HttpResponse:
    """As it was filed; before that, to be signed in the conversation, as it would be."""
    client = get_client(actor_of(request), client_id)
    if rules.is_restricted(client):
        raise NotAllowed(RESTING)
    handover = get_handover_of(client, passed_id)
    kind = "downloaded" if handover.protocol else "printed"
    record_read(by=request.actor, obj=handover, file=client, what="Übergabeprotokoll", kind=kind)
    if handover.protocol:
        return file_answer(handover.protocol)
    return pdf_answer(handover_protocol(handover), f"uebergabe-{client.number}.pdf")


@require_counsellor
def emergency(request: HttpRequest) -> HttpResponse:
    """Breaking the glass: number, name and reason; a second person says yes."""
    actor = actor_of(request)
    form = EmergencyForm(request.POST or None, actor=actor)
    if request.method == "POST" and carried_out(form, lambda: break_glass(by=actor, **form.cleaned_data)):
        messages.warning(
            request,
            "Angefragt. Fachleitung und Datenschutz sind informiert; mit einem Ja ist die Akte 60 Minuten offen.",
        )
        return redirect("portal:home")
    return render(request, "casework/emergency.html", {"form": form})
