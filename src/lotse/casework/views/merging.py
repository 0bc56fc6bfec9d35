"""Making two files one and two again, each time with a look at what would happen."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from lotse.auditlog.queries import history, history_page
from lotse.auditlog.recorder import record_read
from lotse.casework import queries, rules
from lotse.casework.actions.merging import merge_clients
from lotse.casework.actions.unmerging import undo_merge
from lotse.casework.forms.merging import MergeForm, OtherFileForm
from lotse.casework.models import Client, MergeRecord
from lotse.casework.queries.column_changes import changed_since
from lotse.casework.queries.duplicates import candidates_of, linked_files
from lotse.casework.queries.merging import get_merge, hindrance, made_since, merge_plan, merges_of, rows_returning
from lotse.casework.views.shared import file_view, page
from lotse.core.formflow import carried_out, refusals_told

UNDO = "Unter „Verlauf und Zugriffe“ können Sie sie wieder trennen."
NOBODY = "Mit dieser Nummer ist keine andere Akte für Sie geöffnet."


@file_view("Verknüpfte Akten", tab="history")
def other_files(request: HttpRequest, client: Client) -> HttpResponse:
    """Who may be the same person, what is linked, what was merged; and the way to any other file by its number."""
    form = OtherFileForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        other = queries.by_number(request.actor, form.cleaned_data["number"])
        if other and other.pk != client.pk:
            return redirect("casework:merge", client.public_id, other.public_id)
        form.add_error("number", NOBODY)
    context = {
        "form": form,
        "pairs": candidates_of(request.actor, client),
        "linked": linked_files(request.actor, client),
        "merges": merges_of(client),
    }
    return page(request, client, "casework/other_files.html", **context)


@file_view("Zusammenführen", tab="history")
def merge(request: HttpRequest, client: Client, other_id: str) -> HttpResponse:
    """The file of the address stays; the other one goes into it."""
    other = queries.get_client(request.actor, other_id)
    if other.pk == client.pk:
        raise Http404
    record_read(by=request.actor, obj=other, file=other, what="Zusammenführen")
    plan = merge_plan(client, other)
    form = MergeForm(request.POST or None, actor=request.actor, plan=plan)
    if request.method == "POST" and carried_out(form, lambda: _merge(request, form)):
        messages.success(request, f"Akte {other.number} gehört jetzt zu dieser Akte. {UNDO}")
        return redirect("casework:overview", client.public_id)
    return page(request, client, "casework/merge.html", plan=plan, form=form, other=other)


def _merge(request: HttpRequest, form: MergeForm) -> None:
    plan = form.plan
    merge_clients(
        by=request.actor,
        survivor=plan.survivor,
        absorbed=plan.absorbed,
        take=form.take,
        going_on=form.going_on,
        revisions=form.cleaned_data["revisions"],
    )


@file_view("Zusammenführung", tab="history")
def merged(request: HttpRequest, client: Client, merge_id: str) -> HttpResponse:
    """What was merged, what has changed since, and the way back."""
    record = get_merge(request.actor, merge_id)
    if client.pk not in (record.survivor_id, record.survivor.merged_into_id):
        raise Http404
    if request.method == "POST":
        return _undo(request, record)
    context = {"merge": record, "may_undo": rules.can_merge(request.actor) and not record.undone_at}
    if not record.undone_at:
        context |= _since(record)
    return page(request, client, "casework/merged.html", **context)


def _since(record: MergeRecord) -> dict:
    events = (
        history(record.survivor.public_id, reads=False)
        .filter(at__gt=record.created_at)
        .exclude(object_ref=record.public_id)
    )
    return {
        "hindrance": hindrance(record),
        "kept": changed_since(record.changes),
        "new": made_since(record, rows_returning(record)),
        "history": history_page(events),
    }


def _undo(request: HttpRequest, record: MergeRecord) -> HttpResponse:
    files = f"{record.survivor.number} und {record.absorbed.number}"
    with refusals_told(request):
        undo_merge(by=request.actor, merge=record)
        messages.success(request, f"Getrennt: Akten {files} sind wie vorher.")
        return redirect("casework:overview", record.survivor.public_id)
    return redirect(request.path)
