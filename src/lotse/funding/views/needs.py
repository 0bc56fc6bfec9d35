"""More or less than agreed: reported by each carrier in autumn, seen together by the district."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.core.formpages import button, form_page
from lotse.core.paging import part_of
from lotse.documents.answers import pdf_answer
from lotse.funding.actions import needs as acts
from lotse.funding.forms.planning import AskBackForm, NeedForm
from lotse.funding.models import NeedReport
from lotse.funding.need_papers import need_paper
from lotse.funding.queries import needs as queries
from lotse.funding.queries.forecast import figures
from lotse.funding.queries.places import Place, lines_of
from lotse.funding.views.places import crumb, page, place_of, to, with_carrier
from lotse.funding.views.shared import insider, received_grant
from lotse.programmes import rules as deadlines


def needs(request: HttpRequest) -> HttpResponse:
    place = place_of(request)
    parts = figures(place.grant, place.chosen, place.year, timezone.localdate())
    rows = queries.need_rows(place.actor, place.grant, place.year, parts)
    reports = [row.report for row in rows if row.report]
    context = {"rows": rows, "balance": queries.balance_of(reports), "shifts": queries.shifts(reports)}
    context |= {"part": part_of(rows, request.GET.get("ab", "")), "reporting": queries.reporting(place)}
    return page(request, "funding/ledger/needs.html", place, **context)


@with_carrier
def report_need(request: HttpRequest, place: Place) -> HttpResponse:
    require(deadlines.hands_in(place.actor, place.chosen[0]), acts.WHO_REPORTS)
    (found,) = figures(place.grant, place.chosen, place.year, timezone.localdate())
    suggestion = queries.suggested(found)
    first = {"kind": suggestion.kind, "amount": suggestion.amount or None}
    form = NeedForm(request.POST or None, actor=place.actor, initial=first, lines=lines_of(place.grant))

    def act() -> None:
        values = {"grant": place.grant, "carrier": place.carrier, "funding_year": place.year}
        acts.report_need(by=place.actor, **values, **form.cleaned_data)

    return form_page(
        request, form, act, title=f"Mehr- oder Minderbedarf {place.year}", crumbs=crumb("Bedarf", "needs", place),
        template="funding/ledger/need_form.html", place=place, figures=found, submit="Melden", done="Gemeldet.",
    )  # fmt: skip


def _own(request: HttpRequest, need_report_id: str) -> tuple[NeedReport, Place]:
    found = queries.get_need_report(insider(request), need_report_id)
    return found, queries.place_of_report(request.actor, found)


def need(request: HttpRequest, need_report_id: str) -> HttpResponse:
    found, place = _own(request, need_report_id)
    may_check = deadlines.coordinates(request.actor, found.organisation) and place.is_received
    is_open = found.checked_on is None and queries.is_newest(found)
    return page(
        request,
        "funding/ledger/need.html",
        place,
        report=found,
        may_check=may_check and is_open,
        may_report=deadlines.hands_in(request.actor, found.organisation),
        is_newest=queries.is_newest(found),
    )


def _received(request: HttpRequest, need_report_id: str) -> tuple[NeedReport, Place]:
    found, place = _own(request, need_report_id)
    received_grant(request, found.grant.public_id)
    return found, place


def check_need(request: HttpRequest, need_report_id: str) -> HttpResponse:
    found, place = _received(request, need_report_id)
    return button(request, lambda: acts.check_need(by=request.actor, report=found), to("needs", place), "Geprüft.")


def ask_back_need(request: HttpRequest, need_report_id: str) -> HttpResponse:
    found, place = _received(request, need_report_id)
    form = AskBackForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.ask_back(by=request.actor, report=found, remark=form.cleaned_data["remark"])

    crumbs = [*crumb("Bedarf", "needs", place), (str(found), reverse("funding:need", args=[need_report_id]))]
    return form_page(request, form, act, title="Rückfrage", crumbs=crumbs, submit="Zurückgeben", done="Zurückgegeben.")


def need_pdf(request: HttpRequest, need_report_id: str) -> HttpResponseBase:
    found, _place = _own(request, need_report_id)
    return pdf_answer(need_paper(found), f"{found} {found.organisation}.pdf")
