"""The strategy page of the coordination round, and the steps of one target, each a small page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.core.forms import LotseForm
from lotse.documents.answers import pdf_answer
from lotse.facts import actions as acts
from lotse.facts.models import PERCENT, FigureTarget
from lotse.facts.rules import decides_targets, is_due, may_aim_anew, reads_targets, reviews_target
from lotse.facts.targets import (
    aimed_at,
    ended_targets,
    get_target,
    possible_people,
    reviews_of,
    targets_in_force,
    title_of,
)
from lotse.insight.asking import counting_actor
from lotse.insight.forms_strategy import TargetEndForm, TargetForm, TargetReviewForm
from lotse.insight.papers_strategy import strategy_paper
from lotse.insight.standing import last_year, standing
from lotse.insight.strategy import chapters, reached
from lotse.organisations.actor import Actor
from lotse.organisations.queries import own_organisation

INSIDE = "Die Strategie sehen alle, die hier arbeiten und Zahlen sehen."


def _reader(request: HttpRequest) -> Actor:
    actor = counting_actor(request)
    if not reads_targets(actor):
        raise NotAllowed(INSIDE)
    return actor


def _decider(request: HttpRequest) -> Actor:
    actor = _reader(request)
    if not decides_targets(actor, actor.organisation_id):
        raise NotAllowed(acts.NOT_YOURS)
    return actor


def strategy(request: HttpRequest) -> HttpResponse:
    actor, today = _reader(request), timezone.localdate()
    context = {"chapters": chapters(actor, today), "year": last_year(), "today": today}
    may_decide = decides_targets(actor, actor.organisation_id)
    return render(request, "insight/strategy.html", {**context, "may_decide": may_decide})


def strategy_pdf(request: HttpRequest) -> FileResponse:
    actor, today = _reader(request), timezone.localdate()
    house = own_organisation(actor).name
    return pdf_answer(strategy_paper(chapters(actor, today), last_year(), house, today), "strategie.pdf")


def target(request: HttpRequest, target_id: str) -> HttpResponse:
    actor, today = _reader(request), timezone.localdate()
    found = get_target(actor, target_id)
    stand = standing(actor, found.figure)
    context = {
        "target": found,
        "title": title_of(found.figure),
        "standing": stand,
        "year": last_year(),
        "is_reached": reached(found, stand),
        "is_due": is_due(found, today),
        "reviews": reviews_of(actor, [found])[found.pk],
        "others": [row for row in ended_targets(actor, found.figure) if row.pk != found.pk],
        "may_decide": decides_targets(actor, found.organisation_id) and found.ended_on is None,
        "may_review": reviews_target(actor, found) and found.ended_on is None,
    }
    return render(request, "insight/target.html", context)


def new_target(request: HttpRequest, figure_key: str) -> HttpResponse:
    actor, fact = _decider(request), aimed_at().get(figure_key)
    if fact is None:
        raise Http404
    if running := targets_in_force(actor).get(figure_key):
        return redirect("insight:target", running.public_id)
    people, today = possible_people(actor), timezone.localdate()
    unit, initial = PERCENT if fact.share else fact.unit, TargetForm.first(today, actor.ref)
    form = TargetForm(request.POST or None, actor=actor, initial=initial, unit=unit, people=_choices(people))

    def act() -> None:
        acts.set_target(by=actor, figure=figure_key, today=today, **_given(form, people))

    context = {"stand": standing(actor, figure_key), "lead": fact.definition}
    return _page(request, form, act, title=fact.title, back=reverse("insight:strategy"), **context)


def _choices(people: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, str(person)) for key, person in people.items()]


def _given(form: LotseForm, people: dict[str, Any]) -> dict[str, Any]:
    """A new target has no revision yet."""
    given = {**form.cleaned_data, "responsible": people[form.cleaned_data["responsible"]]}
    return given if given["revision"] is not None else {k: v for k, v in given.items() if k != "revision"}


def edit_target(request: HttpRequest, target_id: str) -> HttpResponse:
    actor = _decider(request)
    found = get_target(actor, target_id)
    people = possible_people(actor, found.responsible)
    form = TargetForm(
        request.POST or None, actor=actor, initial=TargetForm.stored(found), unit=found.unit, people=_choices(people),
        is_new=False, is_fixed=not may_aim_anew(found, bool(reviews_of(actor, [found])[found.pk])),
    )  # fmt: skip

    def act() -> None:
        acts.change_target(by=actor, target=found, **_given(form, people))

    return _page(request, form, act, title=title_of(found.figure), back=_to(found))


def review_target(request: HttpRequest, target_id: str) -> HttpResponse:
    actor = _reader(request)
    found = get_target(actor, target_id)
    if not reviews_target(actor, found):
        raise NotAllowed(acts.NOT_YOURS_TO_REVIEW)
    return _talked_about(request, found, TargetReviewForm, acts.review_target, "Besprechung festhalten")


def end_target(request: HttpRequest, target_id: str) -> HttpResponse:
    found = get_target(_decider(request), target_id)
    return _talked_about(request, found, TargetEndForm, acts.end_target, "Ziel beenden")


def _talked_about(
    request: HttpRequest, found: FigureTarget, kind: type[TargetEndForm], verb: Callable[..., Any], title: str
) -> HttpResponse:
    """What the figure shows now is kept with what was said about it."""
    actor, today = request.actor, timezone.localdate()
    stand = standing(actor, found.figure)
    is_missed = reached(found, stand) is False
    form = kind(request.POST or None, actor=actor, initial=kind.first(today, found), is_missed=is_missed)

    def act() -> None:
        verb(by=actor, target=found, standing=stand.text, today=today, **form.cleaned_data)

    context = {"stand": stand, "target": found, "lead": title_of(found.figure)}
    return _page(request, form, act, title=title, back=_to(found), **context)


def _to(found: FigureTarget) -> str:
    return reverse("insight:target", args=[found.public_id])


def _page(
    request: HttpRequest, form: LotseForm, act: Callable[[], Any], *, title: str, back: str, **context: Any
) -> HttpResponse:
    if request.method == "POST" and carried_out(form, act):
        messages.success(request, "Gespeichert.")
        return redirect(back)
    head = {"form": form, "title": title, "back": back, "year": last_year()}
    return render(request, "insight/target_form.html", {**head, **context})
