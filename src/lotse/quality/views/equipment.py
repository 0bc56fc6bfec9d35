"""Devices and material: the list, one device with its checks, checked on the phone."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, form_page
from lotse.core.paging import part_of
from lotse.documents.answers import pdf_answer, table_answer
from lotse.quality import equipment_papers, rules
from lotse.quality.actions import equipment as acts
from lotse.quality.forms.equipment import CheckForm, EquipmentForm
from lotse.quality.models import Equipment
from lotse.quality.queries import equipment as queries
from lotse.quality.queries.frameworks import houses
from lotse.quality.queries.houses import house_asked, staff
from lotse.quality.views.shared import insider, keeper, must_keep, same_list

LIST = ("Geräte und Material", "/qualitaet/geraete/")


def _crumbs(one: Equipment) -> list[Crumb]:
    return [LIST, (one.name, reverse("quality:equipment", args=[one.public_id]))]


def equipment_list(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    only, text = request.GET.get("nur", ""), request.GET.get("q", "").strip()[:100]
    rows = queries.equipment(actor)
    context = {
        "part": part_of(queries.chosen(rows, only, text), request.GET.get("ab", "")), "only": only, "text": text,
        "query": same_list(request.GET, "q"),
        "filters": [(key, label, sum(map(lets, rows))) for key, (label, lets) in queries.FILTERS.items()],
        "total": len(rows), "may_keep": bool(houses(actor)),
        "shows_houses": len({row.equipment.organisation_id for row in rows}) > 1,
    }  # fmt: skip
    return render(request, "quality/equipment_list.html", context)


def equipment_pdf(request: HttpRequest) -> HttpResponseBase:
    only = request.GET.get("nur", "")
    narrowed, _lets = queries.FILTERS.get(only, queries.FILTERS[""])
    rows = queries.chosen(queries.equipment(insider(request)), only, "")
    paper = equipment_papers.equipment_paper(rows, narrowed, timezone.localdate())
    return pdf_answer(paper, "Geräte und Material.pdf")


def equipment_xlsx(request: HttpRequest) -> HttpResponseBase:
    rows = queries.equipment(insider(request))
    return table_answer("xlsx", equipment_papers.equipment_sheet(rows), "Geräte und Material.xlsx")


def equipment(request: HttpRequest, equipment_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_equipment(actor, equipment_id)
    context = {
        "one": found, "state": queries.row_of(found, timezone.localdate()).state, "checks": queries.checks_of(found),
        "crumbs": [LIST], "may_check": rules.checks(actor, found) and found.discarded_on is None,
        "may_keep": rules.keeps_quality_of(actor, found.organisation) and found.discarded_on is None,
    }  # fmt: skip
    return render(request, "quality/equipment.html", context)


def new_equipment(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    house = house_asked(actor, request.GET.get("traeger", ""))
    must_keep(actor, house)
    form = EquipmentForm(request.POST or None, actor=actor, sites=queries.sites(house), people=staff(house))

    def act() -> None:
        values = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        acts.enter_equipment(by=actor, organisation=house, **values)

    return form_page(
        request, form, act, title="Gerät oder Material eintragen", crumbs=[LIST], template="quality/of_house.html",
        house=house, houses=houses(actor), done="Eingetragen.",
    )  # fmt: skip


def edit_equipment(request: HttpRequest, equipment_id: str) -> HttpResponse:
    found = queries.get_equipment(insider(request), equipment_id)
    must_keep(request.actor, found.organisation)
    people = staff(found.organisation)
    if found.responsible:
        people[found.responsible.public_id] = found.responsible
    form = EquipmentForm(
        request.POST or None,
        actor=request.actor,
        equipment=found,
        sites=queries.sites(found.organisation),
        people=people,
    )

    def act() -> None:
        acts.change_equipment(by=request.actor, equipment=found, **form.cleaned_data)

    return form_page(request, form, act, title=f"{found.name} ändern", crumbs=_crumbs(found))


def check_equipment(request: HttpRequest, equipment_id: str) -> HttpResponse:
    found = queries.get_equipment(insider(request), equipment_id)
    if not rules.checks(request.actor, found):
        raise NotAllowed(acts.WHO_CHECKS)
    form = CheckForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.check_equipment(by=request.actor, equipment=found, **form.cleaned_data)

    lead = f"{found.where}. {found.storage_note}" if found.where else found.storage_note
    return form_page(request, form, act, title=f"{found.name} prüfen", crumbs=_crumbs(found), lead=lead)
