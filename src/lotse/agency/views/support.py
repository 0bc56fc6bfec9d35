"""Beside the chain: first weeks, concepts, trainings, advice, words of the field."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.agency import rules, support
from lotse.agency.actions import support as acts
from lotse.agency.forms import support as forms
from lotse.agency.models import ProjectConcept
from lotse.agency.queries import support as queries
from lotse.agency.queries.agencies import own_agencies
from lotse.agency.support_papers import concept_paper
from lotse.agency.views.shared import WRITERS, insider
from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, button, form_page
from lotse.documents.answers import pdf_answer
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

MORE: Crumb = ("Handbuch und mehr", "/agentur/mehr/")
CONCEPTS: Crumb = ("Konzepte", "/agentur/konzepte/")
TRAININGS: Crumb = ("Fortbildungen", "/agentur/fortbildungen/")
ADVICE: Crumb = ("Beratung durch den Bezirk", "/agentur/beratung/")


def more(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    context = {
        "unread": queries.unread(actor),
        "trainings": queries.trainings(actor, today)[:5],
        "onboardings": [row for row in queries.onboardings(actor)[:20] if row.done < row.all_steps],
        "open_requests": queries.advice_requests(actor).filter(answered_on=None)[:5],
    }
    return render(request, "agency/more.html", context)


def glossary(request: HttpRequest) -> HttpResponse:
    insider(request)
    return render(request, "agency/glossary.html", {"terms": support.terms()})


def my_agency(request: HttpRequest) -> Organisation:
    """The one asked for, else the first she works in."""
    mine = own_agencies(insider(request))
    if not mine:
        raise NotAllowed(WRITERS)
    asked = request.GET.get("agentur")
    return next((one for one in mine if one.public_id == asked), mine[0])


def onboardings(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    context = {"rows": queries.onboardings(actor), "may_begin": bool(own_agencies(actor))}
    return render(request, "agency/onboardings.html", context)


def new_onboarding(request: HttpRequest) -> HttpResponse:
    agency, words = my_agency(request), support.first_weeks(timezone.localdate())
    people = queries.newcomers(agency, timezone.localdate())
    first = request.actor.ref if request.actor.ref in people else ""
    form = forms.NewcomerForm(request.POST or None, actor=request.actor, people=people, initial={"person": first})

    def act() -> str:
        made = acts.begin_onboarding(by=request.actor, agency=agency, **form.cleaned_data)
        return reverse("agency:onboarding", args=[made.public_id])

    crumbs = [MORE, ("Einarbeitung", reverse("agency:onboardings"))]
    return form_page(request, form, act, title=words.title, crumbs=crumbs, lead=words.lead, submit="Beginnen")


def onboarding(request: HttpRequest, onboarding_id: str) -> HttpResponse:
    found = queries.get_onboarding(insider(request), onboarding_id)
    steps, may_write = queries.first_steps(found), rules.works_in(request.actor, found.agency)
    return render(request, "agency/onboarding.html", {"row": found, "steps": steps, "may_write": may_write})


def first_step(request: HttpRequest, onboarding_step_id: str) -> HttpResponse:
    row = queries.get_first_step(insider(request), onboarding_step_id)
    if not rules.works_in(request.actor, row.onboarding.agency):
        raise NotAllowed(WRITERS)
    item = support.first_weeks_of(row.onboarding.version).item(row.key)
    first = {"done_on": row.done_on or timezone.localdate(), "note": row.note}
    form = forms.FirstStepForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        acts.keep_first_step(by=request.actor, step=row, **form.cleaned_data)

    crumbs = [MORE, (str(row.onboarding), reverse("agency:onboarding", args=[row.onboarding.public_id]))]
    return form_page(
        request, form, act, title=item.title if item else row.key, crumbs=crumbs, lead=item.hint if item else ""
    )


def concepts(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    return render(
        request, "agency/concepts.html", {"rows": queries.concepts(actor), "may_begin": bool(own_agencies(actor))}
    )


def new_concept(request: HttpRequest) -> HttpResponse:
    agency = my_agency(request)
    form = forms.ConceptForm(request.POST or None, actor=request.actor)

    def act() -> str:
        return concept_url(acts.begin_concept(by=request.actor, agency=agency, **_parts(form)))

    return form_page(request, form, act, title="Neues Projektkonzept", crumbs=[MORE, CONCEPTS])


def _parts(form: forms.ConceptForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "revision"}


def concept_url(concept: ProjectConcept) -> str:
    return reverse("agency:concept", args=[concept.public_id])


def concept(request: HttpRequest, concept_id: str) -> HttpResponse:
    found = queries.get_concept(insider(request), concept_id)
    sections = [(found._meta.get_field(name).verbose_name, getattr(found, name)) for name in forms.SECTIONS]
    context = {"row": found, "sections": sections, "may_write": rules.works_in(request.actor, found.agency)}
    return render(request, "agency/concept.html", context)


def edit_concept(request: HttpRequest, concept_id: str) -> HttpResponse:
    found = queries.get_concept(insider(request), concept_id)
    if not rules.works_in(request.actor, found.agency):
        raise NotAllowed(WRITERS)
    first = {name: getattr(found, name) for name in ("title", "subtitle", "level", "revision", *forms.SECTIONS)}
    form = forms.ConceptForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        acts.change_concept(by=request.actor, concept=found, **form.cleaned_data)

    return form_page(
        request, form, act, title="Konzept ändern", crumbs=[MORE, CONCEPTS, (found.title, concept_url(found))]
    )


def concept_pdf(request: HttpRequest, concept_id: str) -> HttpResponse:
    return pdf_answer(concept_paper(queries.get_concept(insider(request), concept_id)), "konzept.pdf")


def trainings(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    context = {"rows": queries.trainings(actor, timezone.localdate()), "may_offer": bool(actor.released_paths)}
    return render(request, "agency/trainings.html", context)


def coordinated(request: HttpRequest) -> tuple[Actor, Organisation]:
    """Who coordinates, and for whom."""
    actor = insider(request)
    house = queries.house_of(actor)
    if house is None:
        raise NotAllowed(acts.WHO_OFFERS)
    return actor, house


def new_training(request: HttpRequest) -> HttpResponse:
    actor, house = coordinated(request)
    form = forms.TrainingForm(request.POST or None, actor=actor)

    def act() -> None:
        acts.offer_training(by=actor, organisation=house, **form.cleaned_data)

    return form_page(request, form, act, title="Fortbildung ankündigen", crumbs=[MORE, TRAININGS], done="Angekündigt.")


def training(request: HttpRequest, training_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_training(actor, training_id)
    places = queries.places_of(found)
    context = {
        "row": found,
        "places": places,
        "may_change": rules.offers_support(actor, found.organisation),
        "has_place": any(place.person_id == actor.person_id for place in places),
        "is_open": found.called_off_on is None and found.on >= timezone.localdate(),
    }
    return render(request, "agency/training.html", context)


def edit_training(request: HttpRequest, training_id: str) -> HttpResponse:
    actor, _house = coordinated(request)
    found = queries.get_training(actor, training_id)
    first = {name: getattr(found, name) for name in forms.TrainingForm.base_fields}
    form = forms.TrainingForm(request.POST or None, actor=actor, initial=first)

    def act() -> None:
        acts.change_training(by=actor, training=found, **form.cleaned_data)

    to = (found.title, reverse("agency:training", args=[training_id]))
    return form_page(request, form, act, title="Fortbildung ändern", crumbs=[MORE, TRAININGS, to])


def call_off_training(request: HttpRequest, training_id: str) -> HttpResponse:
    actor, _house = coordinated(request)
    found, today = queries.get_training(actor, training_id), timezone.localdate()
    to = reverse("agency:training", args=[training_id])
    return button(request, lambda: acts.change_training(by=actor, training=found, called_off_on=today), to, "Abgesagt.")


def join_training(request: HttpRequest, training_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_training(actor, training_id)
    to = reverse("agency:training", args=[training_id])
    return button(request, lambda: acts.join_training(by=actor, training=found), to, "Sie sind angemeldet.")


def leave_training(request: HttpRequest, training_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_training(actor, training_id)
    to = reverse("agency:training", args=[training_id])
    return button(request, lambda: acts.leave_training(by=actor, training=found), to, "Sie sind abgemeldet.")


def advice(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    rows = [(row, rules.offers_support(actor, row.agency)) for row in queries.advice_requests(actor)[:100]]
    return render(request, "agency/advice.html", {"rows": rows, "may_ask": bool(own_agencies(actor))})


def new_advice(request: HttpRequest) -> HttpResponse:
    actor, first = insider(request), my_agency(request)
    mine = {one.public_id: one for one in own_agencies(actor)}
    form = forms.AdviceForm(request.POST or None, actor=actor, agencies=mine, initial={"agency": first.public_id})

    def act() -> None:
        acts.ask_advice(by=actor, **form.cleaned_data)

    return form_page(
        request,
        form,
        act,
        title="Beratung anfragen",
        crumbs=[MORE, ADVICE],
        submit="Anfragen",
        done="Ihre Anfrage ist da.",
    )


def answer_advice(request: HttpRequest, advice_request_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_advice_request(actor, advice_request_id)
    if not rules.offers_support(actor, found.agency):
        raise NotAllowed(acts.WHO_OFFERS)
    form = forms.AnswerForm(request.POST or None, actor=actor, initial={"answer": found.answer})

    def act() -> None:
        acts.answer_advice(by=actor, request=found, **form.cleaned_data)

    return form_page(
        request, form, act, title="Anfrage beantworten", crumbs=[MORE, ADVICE], lead=found.text, submit="Antworten"
    )
