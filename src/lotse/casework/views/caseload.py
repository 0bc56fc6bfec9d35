"""Being away, standing in, and handing over many files at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.auditlog.recorder import record_read
from lotse.casework import rules
from lotse.casework.actions import caseload as act_on
from lotse.casework.amounts import amount
from lotse.casework.enums import AbsenceCode, TransferState
from lotse.casework.forms.caseload import AbsenceForm, CaseloadForm
from lotse.casework.models import Absence, CaseloadTransfer
from lotse.casework.queries import caseload as queries
from lotse.casework.queries.notes import notes_of, notes_to_pass_on
from lotse.casework.views.shared import actor_of, require_reader
from lotse.core.formflow import carried_out, refusals_told
from lotse.core.htmx import render
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission


@require_reader
def deputising(request: HttpRequest) -> HttpResponse:
    """For whom I stand in, with next steps only; who is away when."""
    actor, today = actor_of(request), timezone.localdate()
    people = queries.counselling_people(actor)
    names = [(key, str(person)) for key, person in people.items()]
    mine = [pair for pair in names if _may_enter(actor, people[pair[0]])]
    form = AbsenceForm(
        request.POST or None, actor=actor, people=mine, deputies=names,
        initial={"code": AbsenceCode.PLANNED, "first_on": today},
    )  # fmt: skip

    def act() -> None:
        data = {**form.cleaned_data, "code": AbsenceCode(form.cleaned_data["code"])}
        person, deputy = people[data.pop("person")], people[data.pop("deputy")]
        act_on.enter_absence(by=actor, person=person, deputy=deputy, **data)

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, "Eingetragen. Beide bekommen eine Nachricht.")
        return redirect("casework:deputising")
    context = {"form": form, "may_enter": bool(mine), "rows": queries.absences(actor, today), "today": today}
    return render(request, "casework/deputising.html", {**context, "standing_in": _shown(actor)})


def _may_enter(actor: Actor, person: Any) -> bool:
    return rules.may_enter_absence(actor, person)


def _shown(actor: Actor) -> list[tuple[Absence, list]]:
    """Each look stands in the history of the file that it concerns."""
    today = timezone.localdate()
    shown = [(absence, queries.steps_of_absent(absence, today)) for absence in queries.standing_in(actor, today)]
    for _absence, cases in shown:
        for case in cases:
            record_read(by=actor, obj=case.client, file=case.client, what="Nächster Schritt, in Vertretung")
    return shown


@require_reader
def finish_absence(request: HttpRequest, absence_id: str) -> HttpResponse:
    absence = queries.get_absence(actor_of(request), absence_id)
    if request.method == "POST":
        act_on.end_absence(by=request.actor, absence=absence)
        messages.success(request, "Beendet.")
    return redirect("casework:deputising")


@require_reader
def caseloads(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {"people": queries.caseloads(actor), "transfers": queries.recent_transfers(actor)}
    return render(request, "casework/caseloads.html", context)


@require_reader
def pass_on_caseload(request: HttpRequest, person_id: str) -> HttpResponse:
    """Choose, look at what goes along, offer: one address, nothing is stored before the last step."""
    actor = actor_of(request)
    giver = next((person for person in queries.caseloads(actor) if person.public_id == person_id), None)
    if giver is None:
        raise Http404
    files = {client.public_id: client for client in queries.files_to_pass_on(actor, giver) if not client.is_offered}
    notes = notes_to_pass_on(actor, giver).count()
    receivers = {k: p for k, p in queries.counselling_people(actor).items() if p.pk != giver.pk}
    form = CaseloadForm(
        request.POST or None, actor=actor, people=[(k, str(p)) for k, p in receivers.items()],
        files=[(k, _line(c)) for k, c in files.items()], notes=notes,
        initial={"files": list(files), "with_notes": True},
    )  # fmt: skip
    offered: list[CaseloadTransfer] = []

    def act() -> None:
        data = dict(form.cleaned_data)
        data["to"] = receivers[data["to"]]
        offered.append(act_on.offer_caseload(by=actor, from_person=giver, **data))

    if request.method == "POST" and "offer" in request.POST and carried_out(form, act):
        messages.success(request, "Angeboten. Es ändert sich nichts, bis die Übergabe angenommen ist.")
        return redirect("casework:transfer", offered[0].public_id)
    context = {"form": form, "giver": giver, "is_something_left": bool(files or notes)}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        context["preview"] = queries.preview([files[key] for key in data["files"]], notes if data["with_notes"] else 0)
    return render(request, "casework/pass_on_caseload.html", context)


def _line(client: Any) -> str:
    note = "" if client.is_active else ", abgeschlossen"
    return f"{client.last_name}, {client.first_name} (Akte {client.number}{note})"


def transfer(request: HttpRequest, transfer_id: str) -> HttpResponse:
    """Decided without a look into the files: numbers only."""
    found = queries.get_transfer(actor_of(request), transfer_id)
    if request.method == "POST":
        _decide(request, found)
        return redirect("casework:transfer", found.public_id)
    context = {
        "transfer": found,
        "notes": notes_of(found).count(),
        "parts": found.handovers.select_related("client").order_by("client__number"),
        "may_accept": found.state == TransferState.OFFERED and rules.may_accept_transfer(request.actor, found),
        "may_undo": found.state == TransferState.ACCEPTED and rules.may_undo_transfer(request.actor, found),
        "leads": request.actor.may(Permission.CONFIRM_FILE_ACCESS),
    }
    return render(request, "casework/transfer.html", context)


def _decide(request: HttpRequest, found: CaseloadTransfer) -> None:
    with refusals_told(request):
        messages.success(request, _decided(request, found))


def _decided(request: HttpRequest, found: CaseloadTransfer) -> str:
    answer, about = request.POST.get("answer"), {"by": request.actor, "transfer": found}
    if answer == "accept":
        files = act_on.accept_caseload(**about)
        notes = notes_of(queries.get_transfer(request.actor, found.public_id)).count()
        return f"Jetzt bei {found.to_person}: {amount(files, notes)}."
    if answer == "undo":
        undone = act_on.undo_caseload(**about)
        kept = ", ".join(str(number) for number in undone.kept)
        stays = f" Weitergegeben und darum geblieben: Akte {kept}." if kept else ""
        return f"Wieder bei {found.from_person}: {amount(undone.files, undone.notes)}.{stays}"
    act_on.return_caseload(**about)
    return "Nicht übernommen. Alles bleibt, wo es war."
