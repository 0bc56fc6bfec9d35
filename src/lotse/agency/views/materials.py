"""What an agency lends, to whom, and when it comes back."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.agency.actions import materials as acts
from lotse.agency.forms.volunteers import BackForm, LendForm, MaterialForm, NewMaterialForm
from lotse.agency.queries import volunteers as queries
from lotse.agency.queries.volunteers import Lendable
from lotse.agency.views.volunteers import own_choices, writer
from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, form_page

USUAL_LOAN = timedelta(days=14)


def _crumbs() -> list[Crumb]:
    return [("Material", reverse("agency:materials"))]


def _open(request: HttpRequest, material_id: str) -> Lendable:
    return queries.get_material(writer(request), material_id, timezone.localdate())


def materials(request: HttpRequest) -> HttpResponse:
    rows = queries.materials(writer(request), timezone.localdate())
    return render(request, "agency/materials.html", {"rows": rows})


def new(request: HttpRequest) -> HttpResponse:
    actor = writer(request)
    form = NewMaterialForm(request.POST or None, actor=actor, agencies=own_choices(actor))

    def act() -> None:
        acts.add_material(by=actor, **form.cleaned_data)

    return form_page(request, form, act, title="Material aufnehmen", crumbs=_crumbs())


def edit(request: HttpRequest, material_id: str) -> HttpResponse:
    found = _open(request, material_id).material
    first = {name: getattr(found, name) for name in ("name", "note", "ended_on")}
    form = MaterialForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        acts.change_material(by=request.actor, material=found, **form.cleaned_data)

    return form_page(request, form, act, title="Material ändern", crumbs=_crumbs())


def lend(request: HttpRequest, material_id: str) -> HttpResponse:
    found, today = _open(request, material_id).material, timezone.localdate()
    first = {"lent_on": today, "due_on": today + USUAL_LOAN}
    form = LendForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        acts.lend(by=request.actor, material=found, **form.cleaned_data)

    title, done = f"{found.name} verleihen", "Verliehen."
    return form_page(request, form, act, title=title, crumbs=_crumbs(), done=done, submit="Verleihen")


def back(request: HttpRequest, material_id: str) -> HttpResponse:
    found = _open(request, material_id)
    loan = found.loan
    if loan is None:
        raise NotAllowed("Das ist nicht verliehen.")
    form = BackForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.take_back(by=request.actor, loan=loan, **form.cleaned_data)

    title, done = f"{found.material.name} ist zurück", "Zurück."
    return form_page(request, form, act, title=title, crumbs=_crumbs(), done=done, submit="Zurück")
