"""The posts of a grant over its years."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.core.paging import part_of
from lotse.documents.answers import picture_answer
from lotse.documents.themes import LIGHT, NARROW, THEMES, WIDE
from lotse.funding.post_pictures import post_plan
from lotse.funding.queries import grants as of_grants
from lotse.funding.queries import posts as queries
from lotse.funding.queries import staff as of_staff
from lotse.funding.queries.places import some_grants
from lotse.funding.queries.qualification import leads_house
from lotse.funding.views.shared import insider
from lotse.funding.views.staff import asked_for

SIZE = 20


def posts(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    grant = of_grants.asked_grant(actor, request.GET.get("zuwendung", ""))
    context: dict[str, Any] = {"grant": grant, "grants": some_grants(actor), "leads_house": leads_house(actor)}
    if grant:
        rows = queries.plan(actor, grant)
        first, last = queries.years_of(grant)
        context |= {
            "part": part_of(rows, request.GET.get("ab", ""), size=SIZE), "months": queries.months(grant, rows),
            "now": queries.month(rows, min(max(today, first), last)), "unassigned": queries.without_grant(actor, grant),
            "open_count": of_staff.open_processes(actor, grant).count(), "start": request.GET.get("ab", ""),
        }  # fmt: skip
    return render(request, "funding/posts.html", context)


def picture(request: HttpRequest) -> HttpResponse:
    grant = asked_for(request)
    part = part_of(queries.plan(request.actor, grant), request.GET.get("ab", ""), size=SIZE)
    theme = THEMES.get(request.GET.get("farbe", ""), LIGHT)
    width = WIDE if request.GET.get("breite") == "weit" else NARROW
    return picture_answer(request, post_plan(part.rows, *queries.years_of(grant), theme, width))
