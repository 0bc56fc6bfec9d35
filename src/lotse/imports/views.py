from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from lotse.core.formflow import carried_out, refusals_told
from lotse.core.htmx import render
from lotse.documents.archives import XLSX
from lotse.documents.intake import receive
from lotse.imports import queries
from lotse.imports.actions import choose_columns, discard_import, request_import, start_import, undo_import
from lotse.imports.columns import guessed, remembered
from lotse.imports.enums import Category, State
from lotse.imports.forms import TABLES, ColumnsForm, TableForm, TakeOverForm
from lotse.imports.kinds import KINDS
from lotse.imports.models import Import


def start(request: HttpRequest, kind_key: str) -> HttpResponse:
    kind = queries.kind_for(request.actor, kind_key)
    form, made = TableForm(request.POST or None, request.FILES or None, actor=request.actor), []

    def act() -> None:
        with receive(form.cleaned_data["file"], by=request.actor, types=TABLES) as received:
            made.append(start_import(by=request.actor, kind=kind, received=received))

    if request.method == "POST" and carried_out(form, act):
        return redirect("imports:columns", made[0].public_id)
    context = {"kind": kind, "form": form, "earlier": queries.my_imports(request.actor, kind)}
    return render(request, "imports/start.html", context)


def columns(request: HttpRequest, import_id: str) -> HttpResponse:
    run = queries.get_import(request.actor, import_id)
    if run.state not in (State.UPLOADED, State.CHECKED):
        return redirect("imports:run", run.public_id)
    form = _columns_form(request, run)

    def act() -> None:
        choose_columns(by=request.actor, run=run, mapping=form.mapping, headings=form.to_remember)

    if request.method == "POST" and carried_out(form, act):
        return redirect("imports:run", run.public_id)
    return render(request, "imports/columns.html", {"run": run, "kind": KINDS[run.kind], "form": form})


def _columns_form(request: HttpRequest, run: Import) -> ColumnsForm:
    kind, actor = KINDS[run.kind], request.actor
    headings, desk = queries.headings_of(run), kind.desk(request.actor)
    initial = run.mapping or guessed(kind, headings, remembered(actor, kind))
    for column in kind.columns:
        offers = desk.options.get(column.key, {})
        if column.for_all and len(offers) == 1:
            initial.setdefault(column.key, f"={next(iter(offers))}")
    return ColumnsForm(request.POST or None, actor=actor, kind=kind, desk=desk, headings=headings, initial=initial)


def run(request: HttpRequest, import_id: str) -> HttpResponse:
    """Where the table is on its way. While the worker is busy, the page asks again by itself."""
    found = queries.get_import(request.actor, import_id)
    if found.state == State.UPLOADED:
        return redirect("imports:columns", found.public_id)
    return _run_page(request, found, TakeOverForm(actor=request.actor, run=found))


def _run_page(request: HttpRequest, found: Import, form: TakeOverForm) -> HttpResponse:
    context: dict[str, Any] = {"run": found, "kind": KINDS[found.kind], "form": form}
    if found.state == State.CHECKED:
        shown = request.GET.get("art", "") or next((c for c in Category.values if found.counts.get(c)), "")
        context["page"] = queries.rows_page(found, shown, request.GET.get("ab", ""))
        context["tabs"] = [(c.value, c.label, found.count(c)) for c in Category]
        context["shown"] = shown
    return render(request, "imports/run.html", context, fragment="imports/_run.html")


def report(request: HttpRequest, import_id: str) -> HttpResponse:
    run = queries.get_import(request.actor, import_id)
    if run.state != State.CHECKED:
        raise Http404
    return _file(queries.report(run), "meldungen.xlsx")


def take_over(request: HttpRequest, import_id: str) -> HttpResponse:
    run = queries.get_import(request.actor, import_id)
    if request.method != "POST" or run.state != State.CHECKED:
        return redirect("imports:run", run.public_id)
    form = TakeOverForm(request.POST, actor=request.actor, run=run)

    def act() -> None:
        takes = form.cleaned_data.get("takes_duplicates", False)
        request_import(by=request.actor, run=run, takes_duplicates=takes, warnings=form.acknowledged)

    if carried_out(form, act):
        return redirect("imports:run", run.public_id)
    return _run_page(request, run, form)


def discard(request: HttpRequest, import_id: str) -> HttpResponse:
    run = queries.get_import(request.actor, import_id)
    if request.method == "POST" and run.is_open:
        discard_import(by=request.actor, run=run)
        messages.success(request, "Tabelle verworfen. Es wurde nichts übernommen.")
    return redirect("imports:start", run.kind)


def undo(request: HttpRequest, import_id: str) -> HttpResponse:
    run = queries.get_import(request.actor, import_id)
    if run.state != State.DONE:
        return redirect("imports:run", run.public_id)
    if request.method == "POST":
        return _undone(request, run)
    made, tied = queries.made_rows(run).count(), queries.tied(request.actor, run)
    context = {"run": run, "kind": KINDS[run.kind], "tied": tied, "free": made - len(tied)}
    return render(request, "imports/undo.html", context)


def _undone(request: HttpRequest, run: Import) -> HttpResponse:
    with refusals_told(request):
        undo_import(by=request.actor, run=run)
        messages.success(request, "Zurückgenommen.")
    return redirect("imports:run", run.public_id)


def export(request: HttpRequest, kind_key: str) -> HttpResponse:
    kind = queries.kind_for(request.actor, kind_key)
    return _file(queries.export(request.actor, kind), f"{kind.key}.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=XLSX, headers=disposition)
