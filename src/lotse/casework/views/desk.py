"""The privacy desk of an organisation: deadlines, periods and erasure, without a look into any file."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.actions.erasure import cancel_run, confirm_run, propose_run
from lotse.casework.actions.subject_rights import hold, lift_hold
from lotse.casework.forms.desk import HoldForm, PeriodForm
from lotse.casework.privacy_papers import PAPERS, paper
from lotse.casework.queries.retention import SHOWN, due_list, get_run, open_requests, runs
from lotse.casework.queries.subject_rights import file_at_desk, get_hold, open_holds
from lotse.casework.views.shared import View, actor_of
from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out, refusals_told
from lotse.core.forms import LotseForm
from lotse.core.htmx import render
from lotse.documents.actions import decide_retention
from lotse.documents.answers import pdf_answer
from lotse.documents.queries import retention_of
from lotse.documents.rendering.docx import render_docx
from lotse.organisations.queries import own_organisation

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WHOSE = "Hier arbeiten Datenschutz, Fachleitung und Geschäftsführung."


def at_desk(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.may_propose_erasure(actor_of(request)):
            raise NotAllowed(WHOSE)
        return view(request, *args, **kwargs)

    return guarded


@at_desk
def desk(request: HttpRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    due = due_list(actor.organisation_id, today, SHOWN + 1)
    context = {
        "today": today,
        "requests": open_requests(actor),
        "due": due[:SHOWN],
        "more_due": len(due) > SHOWN,
        "ready": sum(not found.is_held for found in due[:SHOWN]),
        "holds": open_holds(actor),
        "runs": runs(actor),
        "papers": list(PAPERS.values()),
    }
    return render(request, "casework/desk.html", context)


@at_desk
def propose(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("casework:desk")
    with refusals_told(request):
        run = propose_run(by=request.actor)
        messages.success(request, "Vorgeschlagen. Gelöscht wird erst, wenn eine zweite Person zustimmt.")
        return redirect("casework:erasure_run", run.public_id)
    return redirect("casework:desk")


@at_desk
def erasure_run(request: HttpRequest, run_id: str) -> HttpResponse:
    """What would go, until somebody agrees; then how far it is."""
    run = get_run(request.actor, run_id)
    if request.method == "POST":
        _decide(request, run)
        return redirect("casework:erasure_run", run.public_id)
    items = run.items.select_related("client__site")[:100]
    context = {"run": run, "items": items, "may_confirm": rules.may_confirm_erasure(request.actor, run)}
    return render(request, "casework/erasure_run.html", context)


def _decide(request: HttpRequest, run: Any) -> None:
    agree = request.POST.get("decision") == "confirm"
    with refusals_told(request):
        (confirm_run if agree else cancel_run)(by=request.actor, run=run)
        messages.success(request, "Zugestimmt. Die Akten werden jetzt gelöscht." if agree else "Verworfen.")


def _form_page(request: HttpRequest, form: LotseForm, act: Callable[[], Any], to: str, **context: Any) -> HttpResponse:
    if request.method == "POST" and carried_out(form, act):
        messages.success(request, "Gespeichert.")
        return redirect(to)
    return render(request, "casework/desk_form.html", {"form": form, **context})


@at_desk
def hold_file(request: HttpRequest, client_id: str) -> HttpResponse:
    client = file_at_desk(request.actor, client_id)
    form = HoldForm(request.POST or None, actor=request.actor)

    def act() -> None:
        hold(by=request.actor, client=client, **form.cleaned_data)

    return _form_page(request, form, act, "casework:desk", title=f"Akte {client.number} noch nicht löschen")


@at_desk
def release(request: HttpRequest, hold_id: str) -> HttpResponse:
    held = get_hold(request.actor, hold_id)
    if request.method == "POST":
        lift_hold(by=request.actor, held=held)
        messages.success(request, "Löschsperre aufgehoben.")
    return redirect("casework:desk")


@at_desk
def periods(request: HttpRequest) -> HttpResponse:
    found = [c for c in retention_of(request.actor.organisation_id).values() if c.months is not None]
    return render(request, "casework/periods.html", {"periods": found})


@at_desk
def period(request: HttpRequest, class_key: str) -> HttpResponse:
    known = retention_of(request.actor.organisation_id).get(class_key)
    if known is None or known.months is None:
        raise Http404
    form = PeriodForm(request.POST or None, actor=request.actor, initial={"months": known.months})

    def act() -> None:
        decide_retention(by=request.actor, retention_class=class_key, **form.cleaned_data)

    return _form_page(request, form, act, "casework:periods", title=f"Frist: {known.label}", back="casework:periods")


@at_desk
def privacy_paper(request: HttpRequest, paper_key: str, ending: str) -> HttpResponse:
    """An example filled with what the house has entered; as PDF, or to be changed by hand."""
    built = paper(paper_key, own_organisation(request.actor))
    if built is None:
        raise Http404
    if ending == "pdf":
        return pdf_answer(built, f"{paper_key}.pdf")
    headers = {"Content-Disposition": f'attachment; filename="{paper_key}.docx"'}
    return HttpResponse(render_docx(built), content_type=DOCX, headers=headers)
