"""All agencies and their documents in one table, for the coordination."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from lotse.core.typed import asked_year
from lotse.facts.models import YEARS

FOR_COORDINATION = "Diese Übersicht ist für die Koordination."
SPRING_ENDS = 6
ROWS = 200  # all of a state on one page


def usual_year(today: date) -> int:
    """In the first half of a year the reports of the last one are on the desk."""
    return today.year - 1 if today.month <= SPRING_ENDS else today.year


@dataclass(frozen=True)
class Asked:
    """What the address asks for, under the names it has there."""

    jahr: int
    stand: str
    art: str
    sort: str

    @classmethod
    def of(cls, given: Mapping[str, str], today: date) -> "Asked":
        year = asked_year(given, YEARS, usual_year(today))
        return cls(year, *(given.get(name, "") for name in ("stand", "art", "sort")))

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in vars(self).items() if value})

    def choices(self, name: str, labels: Mapping[str, str], counts: Mapping[str, int]) -> list[dict[str, object]]:
        """A link for each, which leaves everything else as it is."""
        chosen = getattr(self, name)
        return [
            {"label": label, "query": replace(self, **{name: key}).query, "is_chosen": key == chosen, "count": counts.get(key)}
            for key, label in labels.items()
        ]  # fmt: skip


def standing(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    if not rules.oversees(actor):
        raise NotAllowed(FOR_COORDINATION)
    asked = Asked.of(request.GET, today)
    rows = queries.standing(actor, asked.jahr, today)
    part = part_of(queries.chosen(rows, asked.stand, asked.art, asked.sort), request.GET.get("ab", ""), size=ROWS)
    first = waiting(actor).first() if any(cell.waits for row in rows for cell in row.cells) else None
    urls = {cell.document.pk: document_url(cell.document) for row in part.rows for cell in row.cells if cell.document}
    context = {
        "asked": asked, "year": asked.jahr, "part": part, "total": len(rows), "urls": urls, "heads": queries.SHORT.values(),
        "filters": asked.choices("stand", _labels(queries.FILTERS), queries.counted(rows, asked.art)),
        "sorts": asked.choices("sort", _labels(queries.SORTS), {}),
        "kinds": asked.choices("art", {"": "alle", **queries.SHORT}, {}),
        "first_url": f"{document_url(first)}?reihe=1" if first else "",
    }  # fmt: skip
    return render(request, "agency/standing.html", context)


def _labels(choices: Mapping[str, tuple[str, object]]) -> dict[str, str]:
    return {key: label for key, (label, _does) in choices.items()}
