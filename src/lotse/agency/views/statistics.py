"""Tables of statistics: brought along, looked through, taken into the analysis. And the outlines of the areas."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions import findings as acts_on_findings
from lotse.agency.actions import statistics as acts
from lotse.agency.enums import DocumentKind
from lotse.agency.forms.statistics import AgencyMapForm, DatasetForm, PickForm
from lotse.agency.models import AgencyDocument, Dataset
from lotse.agency.queries import statistics as queries
from lotse.agency.views.findings import crumbs_to
from lotse.agency.views.shared import open_document, own_document
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.paging import part_of

KIND = DocumentKind.ANALYSIS


def _list_url(document: AgencyDocument) -> str:
    return reverse("agency:datasets", args=[document.public_id])


def _dataset_url(document: AgencyDocument, dataset: Dataset) -> str:
    return reverse("agency:dataset", args=[document.public_id, dataset.public_id])


def _crumbs(document: AgencyDocument) -> list[Crumb]:
    return [*crumbs_to(document, "daten"), ("Tabellen", _list_url(document))]


def datasets(request: HttpRequest, analysis_id: str) -> HttpResponse:
    found = open_document(request, analysis_id, KIND)
    context = {
        "document": found, "crumbs": crumbs_to(found, "daten"), "datasets": queries.datasets(request.actor, found),
        "may_write": rules.may_write(request.actor, found), "has_map": bool(queries.areas_of(found)),
    }  # fmt: skip
    return render(request, "agency/datasets.html", context)


def new_dataset(request: HttpRequest, analysis_id: str) -> HttpResponse:
    found = own_document(request, analysis_id, KIND)
    last = queries.datasets(request.actor, found).first()
    said = {"retrieved_on": timezone.localdate(), "source": last.source if last else ""}
    form = DatasetForm(request.POST or None, request.FILES or None, actor=request.actor, initial=said)

    def act() -> str:
        made = acts.keep_dataset(by=request.actor, agency=found.agency, reading=form.reading, **form.given)
        return _dataset_url(found, made)

    crumbs, done = _crumbs(found), "Eingelesen. Wählen Sie, was in die Analyse gehört."
    return form_page(request, form, act, title="Tabelle einlesen", crumbs=crumbs, done=done, submit="Einlesen")


def dataset(request: HttpRequest, analysis_id: str, dataset_id: str) -> HttpResponse:
    """Looked through by who reads the analysis; taken from by who writes it."""
    found = open_document(request, analysis_id, KIND)
    table = queries.get_dataset(request.actor, found, dataset_id)
    text = request.GET.get("q", "").strip()
    part = part_of(list(queries.rows_of(table, found, text)), request.GET.get("ab", ""), size=100)
    said = {"topic": table.title[:80]}
    form = PickForm(
        request.POST or None, actor=request.actor, initial=said, rows=part.rows, needs=list(found.needs.all())
    )

    def act() -> str:
        acts_on_findings.pick_rows(by=request.actor, document=found, **{"needs": [], **form.cleaned_data})
        return crumbs_to(found, "daten")[-1][1]

    context = {
        "document": found, "table": table, "part": part, "text": text,
        "may_write": rules.may_write(request.actor, found), "remove": f"{_dataset_url(found, table)}loeschen/",
    }  # fmt: skip
    return form_page(
        request, form, act, title=table.title, crumbs=_crumbs(found), done="In die Analyse übernommen.",
        template="agency/dataset.html", **context,
    )  # fmt: skip


def remove_dataset(request: HttpRequest, analysis_id: str, dataset_id: str) -> HttpResponse:
    found = own_document(request, analysis_id, KIND)
    table = queries.get_dataset(request.actor, found, dataset_id)
    return button(request, lambda: acts.remove_dataset(by=request.actor, dataset=table), _list_url(found), "Gelöscht.")


def agency_map(request: HttpRequest, analysis_id: str) -> HttpResponse:
    found = own_document(request, analysis_id, KIND)
    form = AgencyMapForm(request.POST or None, request.FILES or None, actor=request.actor)

    def act() -> None:
        acts.keep_agency_map(by=request.actor, agency=found.agency, areas=form.cleaned_data["areas"])

    return form_page(request, form, act, title="Karte hinterlegen", crumbs=_crumbs(found))
