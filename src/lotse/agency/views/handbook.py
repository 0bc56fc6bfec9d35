"""The handbook: read by everybody in the rooms of agencies, edited by the coordination, with suggestions from all."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lotse.agency import rules
from lotse.agency.actions import support as acts
from lotse.agency.forms import support as forms
from lotse.agency.models import HandbookPage
from lotse.agency.queries import support as queries
from lotse.agency.views.shared import insider
from lotse.agency.views.support import MORE, coordinated
from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, button, form_page

HANDBOOK: Crumb = ("Handbuch", "/agentur/handbuch/")


def handbook(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    chapters = [(name, list(pages)) for name, pages in groupby(queries.handbook(actor), key=lambda page: page.chapter)]
    return render(request, "agency/handbook.html", {"chapters": chapters, "may_edit": bool(actor.released_paths)})


def _to(page: HandbookPage) -> str:
    return reverse("agency:handbook_page", args=[page.public_id])


def page(request: HttpRequest, handbook_page_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_handbook_page(actor, handbook_page_id)
    context = {
        "page": found,
        "suggestions": queries.suggestions_for(found),
        "has_read": found.readings.filter(person_id=actor.person_id, version=found.version).exists(),
        "may_edit": rules.offers_support(actor, found.organisation),
    }
    return render(request, "agency/handbook_page.html", context)


def versions(request: HttpRequest, handbook_page_id: str) -> HttpResponse:
    found = queries.get_handbook_page(insider(request), handbook_page_id)
    return render(
        request, "agency/handbook_versions.html", {"page": found, "versions": found.versions.select_related("by")}
    )


def new_page(request: HttpRequest) -> HttpResponse:
    actor, house = coordinated(request)
    form = forms.PageForm(request.POST or None, actor=actor)

    def act() -> str:
        return _to(acts.write_page(by=actor, organisation=house, **form.cleaned_data))

    return form_page(request, form, act, title="Neue Seite", crumbs=[MORE, HANDBOOK])


def edit_page(request: HttpRequest, handbook_page_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_handbook_page(actor, handbook_page_id)
    if not rules.offers_support(actor, found.organisation):
        raise NotAllowed(acts.WHO_OFFERS)
    form = forms.PageForm(request.POST or None, actor=actor, initial=forms.PageForm.stored(found))

    def act() -> None:
        acts.write_page(by=actor, organisation=found.organisation, page=found, **form.cleaned_data)

    return form_page(request, form, act, title="Seite ändern", crumbs=[MORE, HANDBOOK, (found.title, _to(found))])


def mark_read(request: HttpRequest, handbook_page_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_handbook_page(actor, handbook_page_id)
    return button(request, lambda: acts.mark_read(by=actor, page=found), _to(found), "Als gelesen vermerkt.")


def suggest(request: HttpRequest, handbook_page_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_handbook_page(actor, handbook_page_id)
    form = forms.SuggestionForm(request.POST or None, actor=actor)

    def act() -> None:
        acts.suggest(by=actor, page=found, **form.cleaned_data)

    done = "Danke. Die Koordination antwortet Ihnen hier."
    return form_page(
        request, form, act, title="Vorschlag machen", crumbs=[MORE, HANDBOOK, (found.title, _to(found))], done=done
    )


def answer_suggestion(request: HttpRequest, suggestion_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_suggestion(actor, suggestion_id)
    if not rules.offers_support(actor, found.page.organisation):
        raise NotAllowed(acts.WHO_OFFERS)
    form = forms.ReplyForm(request.POST or None, actor=actor, initial={"reply": found.reply})

    def act() -> None:
        acts.answer_suggestion(by=actor, suggestion=found, **form.cleaned_data)

    crumbs = [MORE, HANDBOOK, (found.page.title, _to(found.page))]
    return form_page(
        request, form, act, title="Vorschlag beantworten", crumbs=crumbs, lead=found.text, submit="Antworten"
    )
