"""All agencies and their documents in one table, for the coordination."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.queries import standing as queries
from lotse.agency.queries.way import waiting
from lotse.agency.views.shared import document_url, insider
from lotse.core.errors import NotAllowed
from lotse.core.paging import part_of
from lotse.facts.models import FIRST_YEAR, LAST_YEAR

FOR_COORDINATION = "Diese Übersicht ist für die Koordination."
SPRING_ENDS = 6
ROWS = 200  # all of a state on one page


def usual_year(today: date) -> int:
    """In the first half of a year the reports of the last one are on the desk."""
    return today.year - 1 if today.month <= SPRING_ENDS else today.year


def standing(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    if not rules.oversees(actor):
        raise NotAllowed(FOR_COORDINATION)
    asked = {name: request.GET.get(name, "") for name in ("jahr", "stand", "art", "sort")}
    year = _year(asked["jahr"], today)
    rows = queries.standing(actor, year, today)
    part = part_of(
        queries.chosen(rows, asked["stand"], asked["art"], asked["sort"]), request.GET.get("ab", ""), size=ROWS
    )
    first = waiting(actor).first() if any(cell.waits for row in rows for cell in row.cells) else None
    context = {
        "year": year, "part": part, "filters": _links(queries.FILTERS, "stand", {**asked, "jahr": f"{year}"}, queries.counted(rows, asked["art"])),
        "sorts": _links(queries.SORTS, "sort", {**asked, "jahr": f"{year}"}, {}), "kinds": queries.SHORT.values(), "query": _query({**asked, "jahr": f"{year}"}),
        "first_url": f"{document_url(first)}?reihe=1" if first else "", "total": len(rows),
        "urls": {cell.document.pk: document_url(cell.document) for row in part.rows for cell in row.cells if cell.document},
    }  # fmt: skip
    return render(request, "agency/standing.html", context)


def _year(text: str, today: date) -> int:
    year = int(text) if text.isdecimal() and len(text) == len("2026") else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else usual_year(today)


def _query(asked: dict[str, str]) -> str:
    return urlencode({name: value for name, value in asked.items() if value})


def _links(
    choices: dict[str, tuple[str, object]], name: str, asked: dict[str, str], counts: dict[str, int]
) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "query": _query({**asked, name: key}),
            "is_chosen": key == asked[name],
            "count": counts.get(key),
        }
        for key, (label, _do) in choices.items()
    ]
