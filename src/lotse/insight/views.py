from collections.abc import Iterable
from datetime import date
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from lotse.core.errors import NotAllowed
from lotse.documents.rendering.sheets import Sheet, write_csv, write_xlsx
from lotse.facts.registry import Period, Scope, all_facts
from lotse.facts.results import Result, evaluate
from lotse.insight.forms import FilterForm
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.queries import counted_sites
from lotse.programmes.queries import offered_programmes

DOT = "•"
ASKED = ("start", "end", "site", "programme")
NOT_RECORDED = "nicht erhoben"
COLUMNS = ("Kennzahl", "Ausprägung", "Anzahl", "Einheit", "Definition", "Fassung")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def statistics(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor
    if not (actor and actor.may(Permission.COUNT_CLIENTS)):
        raise NotAllowed("Zahlen der Beratung sehen Beratung, Leitung und Zuwendungsgeber.")
    form, scope, period = _asked(request, actor)
    outside = request.GET.get("format") in ("xlsx", "csv")
    results = [evaluate(f, actor, scope, period, leaves_house=outside) for f in all_facts()] if period else []
    if outside and period:
        return _export(results, period, request.GET["format"])
    return render(
        request,
        "insight/statistics.html",
        {"form": form, "results": results, "period": period, "asked": urlencode(dict(form.data.items()))},
    )


def _asked(request: HttpRequest, actor: Actor) -> tuple[FilterForm, Scope, Period | None]:
    """The form, and what it asks for; without a question the current year. A wrong one counts nothing."""
    today = timezone.localdate()
    sites, programmes = (
        {row.public_id: row for row in rows} for rows in (counted_sites(actor), offered_programmes(actor))
    )
    asked = (
        request.GET
        if "start" in request.GET
        else {"start": date(today.year, 1, 1).isoformat(), "end": today.isoformat()}
    )
    names = {
        "sites": [(k, s.name) for k, s in sites.items()],
        "programmes": [(k, p.name) for k, p in programmes.items()],
    }
    form = FilterForm(asked, actor=actor, **names)
    if not form.is_valid():
        return form, Scope(), None
    site, programme = sites.get(form.cleaned_data["site"]), programmes.get(form.cleaned_data["programme"])
    scope = Scope(site.pk if site else None, programme.pk if programme else None)
    return form, scope, Period(form.cleaned_data["start"], form.cleaned_data["end"])


def _export(results: list[Result], period: Period, kind: str) -> HttpResponse:
    """What leaves the house is always suppressed, also for those who see every file."""
    rows = _rows(results)
    name = f"statistik-{period.start}-{period.end}.{kind}"
    content, content_type = (
        (write_xlsx([Sheet("Statistik", COLUMNS, rows)]), XLSX)
        if kind == "xlsx"
        else (write_csv(chain([COLUMNS], rows)), "text/csv; charset=utf-8")
    )
    answer = HttpResponse(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(results: list[Result]) -> Iterable[list[str | int]]:
    for result in results:
        fact = result.fact
        tail = [fact.unit, fact.definition, fact.version]
        for cell in result.cells:
            yield [fact.title, cell.label, DOT if cell.count is None else cell.count, *tail]
        yield [fact.title, NOT_RECORDED, DOT if result.missing is None else result.missing, *tail]
        yield [fact.title, "zusammen", DOT if result.total is None else result.total, *tail]
