from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lotse.auditlog.recorder import record_read
from lotse.casework.rules import reads_files
from lotse.core.paging import keyset
from lotse.facts.counting import rows_of_cell
from lotse.facts.registry import Fact, bundle_of
from lotse.facts.results import Cell, Result, evaluate
from lotse.facts.values import in_force
from lotse.insight.asking import Asked, asked, counting_actor
from lotse.insight.exports import export

FORMATS = ("xlsx", "csv")


def statistics(request: HttpRequest) -> HttpResponse:
    if not reads_files(counting_actor(request)):
        return redirect("insight:tables")
    found, kind = asked(request), request.GET.get("format", "")
    if found.question is None:
        return render(request, "insight/statistics.html", {"asked": found})
    results = evaluate(found.facts, found.question, found.places, leaves_house=kind in FORMATS)
    if kind in FORMATS:
        return export(found, results, kind)
    return render(request, "insight/statistics.html", {"asked": found, "results": results})


def figure(request: HttpRequest, fact_key: str) -> HttpResponse:
    """One figure: what it means, what was counted, and from which values of the house."""
    found = asked(request)
    result = _result(found, fact_key)
    used = [
        row for row in in_force(found.question.actor, found.period.key_date) if row.setting.key in result.fact.settings
    ]
    return render(request, "insight/figure.html", {"asked": found, "result": result, "fact": result.fact, "used": used})


@dataclass(frozen=True)
class OpenedCell:
    """What the log names when somebody opens a figure."""

    public_id: str
    organisation_id: int


def trace(request: HttpRequest, fact_key: str, cell_key: str) -> HttpResponse:
    """What a number was counted from, as far as the reader may see it."""
    found = asked(request)
    result, cell = _cell(found, fact_key, cell_key)
    fact = result.fact
    page = keyset(rows_of_cell(fact, cell.key, found.question), request.GET.get("ab", ""), by="id")
    if page.rows and fact.population.holds_files:
        opened = OpenedCell(f"{fact.key}/{cell.key}", found.question.actor.organisation_id)
        record_read(by=found.question.actor, obj=opened, what=_what(found, fact, cell))
    lines = [fact.population.line(row) for row in page.rows]
    context = {"asked": found, "fact": fact, "cell": cell, "page": page, "lines": lines, "now": timezone.localtime()}
    return render(request, "insight/trace.html", context)


def _cell(found: Asked, fact_key: str, cell_key: str) -> tuple[Result, Cell]:
    result = _result(found, fact_key)
    cell = result.cell(cell_key)
    if cell is None:
        raise Http404
    return result, cell


def _result(found: Asked, fact_key: str) -> Result:
    """What nobody has registered or what is not counted for her does not exist."""
    fact = next((f for f in found.offered if f.key == fact_key), None)
    if fact is None or found.question is None:
        raise Http404
    results = evaluate(bundle_of(fact), found.question, found.places)
    result = next((r for r in results if r.fact is fact), None)
    if result is None:
        raise Http404
    return result


def _what(found: Asked, fact: Fact, cell: Cell) -> str:
    period = found.period
    return f"Liste hinter der Zahl „{fact.title}: {cell.label}“, {period.start:%d.%m.%Y} bis {period.end:%d.%m.%Y}"
