from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import form_page
from lotse.core.paging import keyset
from lotse.organisations import directory, rules, ties
from lotse.organisations.actions.people import change_person, employ, leave
from lotse.organisations.forms import LeaveForm, PersonForm
from lotse.organisations.models import Person
from lotse.organisations.views.shared import actor_of, page


def people(request: HttpRequest, organisation_id: str) -> HttpResponse:
    actor = actor_of(request)
    organisation = directory.organisation_inside(actor, organisation_id)
    text, gone = request.GET.get("q", ""), "ehemalige" in request.GET
    rows = directory.staff_of(actor, organisation, timezone.localdate(), text, gone)
    shown = keyset(rows, request.GET.get("ab", ""), by="name_key")
    return page(request, organisation, "organisations/people.html", tab="people", page=shown, text=text, gone=gone)


def new_person(request: HttpRequest, organisation_id: str) -> HttpResponse:
    organisation = directory.managed_organisation(actor_of(request), organisation_id)
    form = PersonForm(request.POST or None, actor=request.actor, initial={"started_on": timezone.localdate()})

    def act() -> None:
        employ(by=request.actor, organisation=organisation, **form.cleaned_data)

    to = reverse("organisations:people", args=[organisation.public_id])
    return form_page(request, form, act, title="Neue Person", done="Eingetragen.", crumbs=[(organisation.name, to)])


def person(request: HttpRequest, person_id: str) -> HttpResponse:
    actor = actor_of(request)
    found = directory.get_person(actor, person_id)
    context = {
        "person": found,
        "roles": directory.roles_held(found),
        "shares": directory.shares_held(found),
        "deputies": directory.deputies_around(found),
        "ties": ties.ties_of(found) if rules.manages(actor, found.organisation_id) else [],
        "may_change": rules.manages(actor, found.organisation_id),
        "may_arrange": rules.may_arrange_deputy(actor, found),
        "today": timezone.localdate(),
    }
    return render(request, "organisations/person.html", context)


def _kept(request: HttpRequest, person_id: str) -> Person:
    """The person, for who keeps her data."""
    found = directory.get_person(actor_of(request), person_id)
    if not rules.manages(request.actor, found.organisation_id):
        raise NotAllowed("Das pflegt, wer diese Organisation verwaltet.")
    return found


def edit_person(request: HttpRequest, person_id: str) -> HttpResponse:
    found = _kept(request, person_id)
    form = PersonForm(request.POST or None, actor=request.actor, initial=PersonForm.initial_from(found))

    def act() -> None:
        change_person(by=request.actor, person=found, **form.cleaned_data)

    to = reverse("organisations:person", args=[found.public_id])
    return form_page(request, form, act, title="Angaben ändern", done="Gespeichert.", crumbs=[(str(found), to)])


def leave_person(request: HttpRequest, person_id: str) -> HttpResponse:
    found = _kept(request, person_id)
    form = LeaveForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        leave(by=request.actor, person=found, on=form.cleaned_data["on"])

    to = reverse("organisations:person", args=[found.public_id])
    note = "Mit diesem Tag enden alle Rollen, Stellenanteile und Vertretungen."
    done = "Eingetragen. Rollen, Stellen und Vertretungen enden mit diesem Tag."
    return form_page(request, form, act, title="Ausscheiden", done=done, crumbs=[(str(found), to)], note=note)
