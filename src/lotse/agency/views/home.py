"""The first page of the room, and the page of one agency."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions.papers import begin_document
from lotse.agency.actions.reports import draft_report
from lotse.agency.enums import DocumentKind, MeasureState
from lotse.agency.forms.papers import BeginForm
from lotse.agency.queries.agencies import agencies, works_alone
from lotse.agency.queries.measures import measures
from lotse.agency.queries.papers import newest_of
from lotse.agency.views.shared import agency_url, chain_url, document_url, insider, open_agency, own_agency
from lotse.core.formpages import form_page
from lotse.programmes.queries.obligations import obligations

SHOWN = 5


def home(request: HttpRequest) -> HttpResponse:
    """Who works in one agency and oversees none is led there at once."""
    actor = insider(request)
    alone = works_alone(actor)
    if alone and not actor.overseen_paths:
        return redirect(agency_url(alone))
    return render(request, "agency/home.html", {"agencies": agencies(actor, timezone.localdate())})


def agency(request: HttpRequest, agency_id: str) -> HttpResponse:
    found, actor = open_agency(request, agency_id), request.actor
    context = {
        "agency": found,
        "documents": [(document, document_url(document)) for document in newest_of(actor, found)],
        "measures": measures(actor).filter(agency=found, state=MeasureState.HELD)[:SHOWN],
        "deadlines": obligations(actor).open().filter(bearer=found).order_by("internal_due", "id")[:SHOWN],
        "may_write": rules.works_in(actor, found),
        "chain_url": chain_url(found, timezone.localdate().year),
    }
    return render(request, "agency/agency.html", context)


def begin(request: HttpRequest, agency_id: str) -> HttpResponse:
    found, this_year = own_agency(request, agency_id), timezone.localdate().year
    asked = {"kind": request.GET.get("art", ""), "funding_year": this_year}
    form = BeginForm(request.POST or None, actor=request.actor, initial=asked)

    def act() -> str:
        made = begin_document(by=request.actor, agency=found, **form.cleaned_data)
        if made.kind == DocumentKind.REPORT:
            draft_report(by=request.actor, document=made)
        return document_url(made)

    crumbs = [(found.name, agency_url(found))]
    return form_page(request, form, act, title="Dokument beginnen", crumbs=crumbs, done="Begonnen.", submit="Beginnen")
