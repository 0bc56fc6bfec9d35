from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import form_page
from lotse.core.paging import keyset
from lotse.organisations import directory, rights, rules
from lotse.organisations.actions.grants import arrange_deputy, end_deputy, end_role, grant_role
from lotse.organisations.forms import DeputyForm, EndForm, RoleForm, picked
from lotse.organisations.views.shared import actor_of, day_asked, page

GRANTED = "Rolle erteilt. Öffnet sie Akten, gilt sie, sobald eine zweite Person sie bestätigt."
WAITS = "Beantragt. Fachleitung oder Geschäftsführung bestätigt als zweite Person."


def who(request: HttpRequest, organisation_id: str) -> HttpResponse:
    """Who has which role, today or at a date; what has ended on demand."""
    actor = actor_of(request)
    organisation = directory.organisation_inside(actor, organisation_id)
    day, ended = day_asked(request), "beendete" in request.GET
    shown = keyset(rights.roles_of(actor, organisation, day, ended), request.GET.get("ab", ""), by="name_key")
    context = {"page": shown, "day": day, "ended": ended, "name": organisation.name_on(day)}
    return page(request, organisation, "organisations/who.html", tab="who", **context)


def deputies(request: HttpRequest, organisation_id: str) -> HttpResponse:
    actor = actor_of(request)
    organisation = directory.organisation_inside(actor, organisation_id)
    day, ended = day_asked(request), "beendete" in request.GET
    shown = keyset(rights.deputies_of(actor, organisation, day, ended), request.GET.get("ab", ""), by="name_key")
    context = {"page": shown, "day": day, "ended": ended, "may_end": rules.leads(actor, organisation.pk)}
    return page(request, organisation, "organisations/deputies.html", tab="deputies", **context)


def grant(request: HttpRequest, organisation_id: str) -> HttpResponse:
    organisation = directory.managed_organisation(actor_of(request), organisation_id)
    people = directory.managed_people(request.actor, timezone.localdate())
    sites = directory.sites_of_organisation(organisation)
    initial = {"valid_from": timezone.localdate(), "person": request.GET.get("person", "")}
    form = RoleForm(request.POST or None, actor=request.actor, people=people, sites=sites, initial=initial)

    def act() -> None:
        data = dict(form.cleaned_data)
        person, site = picked(people, data.pop("person")), picked(sites, data.pop("site"))
        grant_role(by=request.actor, organisation=organisation, person=person, site=site, **data)

    to = reverse("organisations:who", args=[organisation.public_id])
    note = "Rollen, die Akten öffnen, gelten erst, wenn eine zweite Person sie bestätigt hat."
    return form_page(
        request, form, act, title="Rolle erteilen", done=GRANTED, crumbs=[(organisation.name, to)], note=note
    )


def finish_role(request: HttpRequest, role_id: str) -> HttpResponse:
    held = directory.get_role(actor_of(request), role_id)
    organisation = directory.managed_organisation(request.actor, held.organisation.public_id)
    form = EndForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        end_role(by=request.actor, membership=held, on=form.cleaned_data["on"])

    to = reverse("organisations:who", args=[organisation.public_id])
    title = f"Rolle {held.get_role_display()} beenden"
    return form_page(request, form, act, title=title, done="Eingetragen.", crumbs=[(str(held.person), to)])


def arrange(request: HttpRequest, person_id: str) -> HttpResponse:
    person = directory.get_person(actor_of(request), person_id)
    if not rules.may_arrange_deputy(request.actor, person):
        raise NotAllowed("Vertretungen trägt die Person selbst oder ihre Leitung ein.")
    people = rights.possible_deputies(person, timezone.localdate())
    form = DeputyForm(request.POST or None, actor=request.actor, people=people)

    def act() -> None:
        data = dict(form.cleaned_data)
        arrange_deputy(by=request.actor, person=person, deputy=picked(people, data.pop("deputy")), **data)

    to = reverse("organisations:person", args=[person.public_id])
    note = f"Die Vertretung sieht in dieser Zeit die Akten von {person}."
    return form_page(request, form, act, title="Vertretung", done=WAITS, crumbs=[(str(person), to)], note=note)


def finish_deputy(request: HttpRequest, deputy_id: str) -> HttpResponse:
    found = directory.get_deputy(actor_of(request), deputy_id)
    if request.actor.person_id != found.deputy_id and not rules.may_arrange_deputy(request.actor, found.person):
        raise NotAllowed("Vertretungen beendet die Person selbst oder ihre Leitung.")
    form = EndForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        end_deputy(by=request.actor, deputy=found, on=form.cleaned_data["on"])

    to = reverse("organisations:person", args=[found.person.public_id])
    return form_page(
        request, form, act, title="Vertretung beenden", done="Eingetragen.", crumbs=[(str(found.person), to)]
    )
