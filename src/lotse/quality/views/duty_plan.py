"""What the roster is made from: the pattern of the week, weeks, absences."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.formpages import button, form_page
from lotse.core.paging import part_of
from lotse.quality.actions import duty as acts
from lotse.quality.forms.duty import AwayForm, TemplateForm, WeeksForm, typed
from lotse.quality.queries import duty as queries
from lotse.quality.views.shared import insider
from lotse.quality.views.shared_duty import duty_crumbs, must_plan, planner, week_url

TEMPLATE = ("weekday", "begins", "ends", "kind", "needs", "site", "person", "valid_from", "valid_to")


def templates(request: HttpRequest) -> HttpResponse:
    actor, _house = planner(request)
    part = part_of(queries.templates(actor, timezone.localdate()), request.GET.get("ab", ""))
    return render(request, "quality/duty_templates.html", {"part": part, "crumbs": duty_crumbs()})


def new_template(request: HttpRequest) -> HttpResponse:
    actor, house = planner(request)
    form = _template_form(request, {"valid_from": timezone.localdate()})

    def act() -> None:
        given = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        acts.add_template(by=actor, organisation=house, **given)

    return form_page(
        request, form, act, title="Muster anlegen", crumbs=_template_crumbs(), done="Angelegt.", submit="Anlegen"
    )


def edit_template(request: HttpRequest, duty_template_id: str) -> HttpResponse:
    found = queries.get_template(insider(request), duty_template_id)
    must_plan(request.actor, found.organisation)
    form = _template_form(request, typed(found, *TEMPLATE))

    def act() -> None:
        acts.change_template(by=request.actor, template=found, **form.cleaned_data)

    return form_page(
        request, form, act, title="Muster ändern", crumbs=_template_crumbs(),
        note="Es gilt für Wochen, die Sie ab jetzt anlegen.",
    )  # fmt: skip


def _template_form(request: HttpRequest, first: dict[str, Any]) -> TemplateForm:
    actor = request.actor
    people = queries.people(actor, timezone.localdate())
    return TemplateForm(
        request.POST or None, actor=actor, people=people, sites=queries.sites(actor), initial=first
    )  # fmt: skip


def _template_crumbs() -> list[tuple[str, str]]:
    return duty_crumbs(("Muster der Woche", reverse("quality:duty_templates")))


def make_weeks(request: HttpRequest) -> HttpResponse:
    actor, house = planner(request)
    form = WeeksForm(request.POST or None, actor=actor, initial={"first_on": timezone.localdate()})

    def act() -> str:
        acts.make_weeks(by=actor, organisation=house, **form.cleaned_data)
        return week_url(form.cleaned_data["first_on"])

    return form_page(
        request, form, act, title="Wochen anlegen", crumbs=duty_crumbs(), done="Angelegt.", submit="Anlegen",
        lead="Aus den Mustern der Woche. Was schon angelegt ist, bleibt, wie es ist.",
    )  # fmt: skip


def absences(request: HttpRequest) -> HttpResponse:
    actor, house = planner(request)
    today = timezone.localdate()
    form = AwayForm(
        request.POST or None, actor=actor, people=queries.people(actor, today), initial={"first_on": today}
    )  # fmt: skip

    def act() -> str:
        given = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        acts.enter_absence(by=actor, organisation=house, **given)
        return reverse("quality:duty_absences")

    part = part_of(queries.absences(actor, today), request.GET.get("ab", ""))
    return form_page(
        request, form, act, title="Wer abwesend ist", crumbs=duty_crumbs(), done="Eingetragen.", submit="Eintragen",
        template="quality/duty_absences.html", part=part,
    )  # fmt: skip


def remove_absence(request: HttpRequest, duty_absence_id: str) -> HttpResponse:
    found = queries.get_absence(insider(request), duty_absence_id)

    def act() -> None:
        acts.remove_absence(by=request.actor, absence=found)

    return button(request, act, reverse("quality:duty_absences"), "Entfernt.")
