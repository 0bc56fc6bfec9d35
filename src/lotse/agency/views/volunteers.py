"""Who helps in an agency, and the hours given."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lotse.agency.actions import volunteers as acts
from lotse.agency.forms.volunteers import DeploymentForm, NewVolunteerForm, VolunteerForm
from lotse.agency.models import Volunteer
from lotse.agency.queries import volunteers as queries
from lotse.agency.queries.agencies import own_agencies
from lotse.agency.queries.measures import get_measure
from lotse.agency.views.measures import measure_url
from lotse.agency.views.shared import WRITERS, insider
from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, button, form_page
from lotse.organisations.actor import Actor

SHOWN = ("name", "reached_by", "since", "qualification", "ended_on", "revision")


def writer(request: HttpRequest) -> Actor:
    """Names stand here, so it is for who works in an agency."""
    actor = insider(request)
    if not own_agencies(actor):
        raise NotAllowed(WRITERS)
    return actor


def own_choices(actor: Actor) -> dict[str, Any]:
    return {agency.public_id: agency for agency in own_agencies(actor)}


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [("Ehrenamtliche", reverse("agency:volunteers")), *more]


def _to(volunteer: Volunteer) -> str:
    return reverse("agency:volunteer", args=[volunteer.public_id])


def _open(request: HttpRequest, volunteer_id: str) -> Volunteer:
    return queries.get_volunteer(writer(request), volunteer_id)


def volunteers(request: HttpRequest) -> HttpResponse:
    actor, year, former = writer(request), timezone.localdate().year, request.GET.get("stand") == "frueher"
    context = {"volunteers": queries.volunteers(actor, year, former=former), "former": former, "year": year}
    return render(request, "agency/volunteers.html", context)


def new(request: HttpRequest) -> HttpResponse:
    actor = writer(request)
    first = {"since": timezone.localdate()}
    form = NewVolunteerForm(request.POST or None, actor=actor, initial=first, agencies=own_choices(actor))

    def act() -> str:
        return _to(acts.add_volunteer(by=actor, **form.cleaned_data))

    return form_page(request, form, act, title="Ehrenamtliche*n aufnehmen", crumbs=_crumbs())


def volunteer(request: HttpRequest, volunteer_id: str) -> HttpResponse:
    found = _open(request, volunteer_id)
    return render(request, "agency/volunteer.html", {"volunteer": found, "deployments": queries.deployments_of(found)})


def edit(request: HttpRequest, volunteer_id: str) -> HttpResponse:
    found = _open(request, volunteer_id)
    first = {name: getattr(found, name) for name in SHOWN}
    form = VolunteerForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        acts.change_volunteer(by=request.actor, volunteer=found, **form.cleaned_data)

    return form_page(request, form, act, title="Angaben ändern", crumbs=_crumbs((found.name, _to(found))))


def forget(request: HttpRequest, volunteer_id: str) -> HttpResponse:
    found = _open(request, volunteer_id)
    if request.method != "POST":
        return render(request, "agency/forget_volunteer.html", {"volunteer": found})
    to, done = reverse("agency:volunteers"), "Gelöscht. Die Stunden bleiben gezählt."
    return button(request, lambda: acts.forget_volunteer(by=request.actor, volunteer=found), to, done)


def deploy(request: HttpRequest) -> HttpResponse:
    """From the page of a volunteer or of a measure; whichever it was is already chosen."""
    actor, today = writer(request), timezone.localdate()
    at = request.GET.get("massnahme", "")
    measure = get_measure(actor, at) if at else None
    on = min(measure.on, today) if measure else today
    form = DeploymentForm(
        request.POST or None, actor=actor, initial={"volunteer": request.GET.get("wer", ""), "measure": at, "on": on},
        volunteers={one.public_id: one for one in queries.volunteers(actor, today.year)},
        measures=queries.recent_measures(actor, [measure] if measure else []),
    )  # fmt: skip

    def act() -> str:
        made = acts.add_deployment(by=actor, **form.values())
        return measure_url(measure) if measure else _to(made.volunteer)

    return form_page(request, form, act, title="Einsatz eintragen", crumbs=_crumbs())


@require_POST
def strike(request: HttpRequest, deployment_id: str) -> HttpResponse:
    found = queries.get_deployment(writer(request), deployment_id)
    return button(request, lambda: acts.strike_deployment(by=request.actor, deployment=found), _to(found.volunteer))
