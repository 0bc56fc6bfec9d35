"""Improvements: the list, one with its circle, and its steps."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.paging import keyset
from lotse.documents.answers import pdf_answer, table_answer
from lotse.quality import rules
from lotse.quality.actions import improvements as acts
from lotse.quality.enums import ImprovementSource
from lotse.quality.forms import improvements as forms
from lotse.quality.improvement_papers import improvements_paper, improvements_sheet
from lotse.quality.models import Improvement
from lotse.quality.queries import improvements as queries
from lotse.quality.queries.frameworks import houses as houses_of
from lotse.quality.queries.houses import usual_house
from lotse.quality.views.shared import criterion_crumbs, insider, kept_criterion, must_keep, open_judgement

FILE = "Verbesserungen.{}"


def crumbs() -> list[Crumb]:
    return [("Verbesserung", reverse("quality:improvements"))]


def improvement_url(improvement: Improvement) -> str:
    return reverse("quality:improvement", args=[improvement.public_id])


def _wanted(request: HttpRequest) -> queries.Wanted:
    given = request.GET
    stand = given.get("stand", "")
    return queries.Wanted(
        stand if stand in queries.STANDS else "",
        given.get("wer", ""),
        given.get("anlass", ""),
        given.get("kapitel", ""),
    )


def improvements(request: HttpRequest) -> HttpResponse:
    actor, today, wanted = insider(request), timezone.localdate(), _wanted(request)
    counted = queries.counted(actor, wanted, today)
    context = {
        "page": keyset(queries.listed(actor, wanted, today), request.GET.get("ab", ""), by="due_on"), "today": today,
        "wanted": wanted, "stands": [(_query(wanted, stand), label, counted[stand], stand == wanted.stand)
                                     for stand, label in queries.STANDS.items()],
        "query": urlencode(wanted.pairs), "owners": queries.owners(actor), "chapters": queries.chapters(actor),
        "sources": ImprovementSource.choices, "may_raise": rules.keeps(actor), "has_any": any(counted.values()),
    }  # fmt: skip
    return render(request, "quality/improvements.html", context)


def _query(wanted: queries.Wanted, stand: str) -> str:
    pairs = {**wanted.pairs, "stand": stand}
    return urlencode({name: value for name, value in pairs.items() if value})


def table(request: HttpRequest) -> HttpResponse:
    rows = _printed(request)
    return table_answer("xlsx", improvements_sheet(rows), FILE.format("xlsx"))


def paper(request: HttpRequest) -> HttpResponse:
    wanted = _wanted(request)
    document = improvements_paper(_printed(request), queries.STANDS[wanted.stand], timezone.localdate())
    return pdf_answer(document, FILE.format("pdf"))


def _printed(request: HttpRequest) -> list[Improvement]:
    actor = insider(request)
    return list(queries.listed(actor, _wanted(request), timezone.localdate())[: queries.PRINTED])


def improvement(request: HttpRequest, improvement_id: str) -> HttpResponse:
    found = queries.get_improvement(insider(request), improvement_id)
    actor, turns = request.actor, queries.turns(found)
    running = next((turn.notes for turn in turns if turn.number == found.round), ())
    context = {
        "improvement": found, "turns": turns, "circle": queries.circle(found, running), "crumbs": crumbs(),
        "may_work": rules.may_work_on(actor, found) and not found.is_over, "today": timezone.localdate(),
        "may_check": found.is_done and rules.may_check_effect(actor, found),
        "is_late": not found.is_over and found.next_day < timezone.localdate(),
        "may_change": rules.keeps_quality_of(actor, found.organisation) and not found.is_over,
    }  # fmt: skip
    return render(request, "quality/improvement.html", context)


def raise_one(request: HttpRequest) -> HttpResponse:
    """Without a criterion: what came to light elsewhere."""
    actor = insider(request)
    houses = houses_of(actor)
    require(bool(houses), acts.NOT_HERS)
    house = houses.get(request.GET.get("traeger", "")) or usual_house(actor, houses)
    others = [one for one in houses.values() if one != house]
    return _raise(request, {"organisation": house}, crumbs(), asks_source=True, house=house, others=others)


def of_criterion(request: HttpRequest, criterion_id: str) -> HttpResponse:
    found = kept_criterion(request, criterion_id)
    where = {"organisation": found.organisation, "criterion": found, "source": ImprovementSource.CRITERION}
    return _raise(request, where, criterion_crumbs(found), criterion=found)


def of_judgement(request: HttpRequest, judgement_id: str) -> HttpResponse:
    found = open_judgement(request, judgement_id)
    must_keep(request.actor, found.assessment.organisation)
    where = {
        "organisation": found.assessment.organisation, "judgement": found, "source": ImprovementSource.SELF_ASSESSMENT,
    }  # fmt: skip
    back: list[Crumb] = [(f"{found.criterion.code} bewerten", reverse("quality:judge", args=[found.public_id]))]
    return _raise(request, where, back, first={"finding": found.finding}, criterion=found.criterion)


def _raise(
    request: HttpRequest, where: dict[str, Any], crumbs: list[Crumb], *, first: dict[str, Any] | None = None,
    asks_source: bool = False, **context: Any,
) -> HttpResponse:  # fmt: skip
    form = forms.RaiseForm(
        request.POST or None, actor=request.actor, people=queries.people_at(where["organisation"]), initial=first,
        asks_source=asks_source,
    )  # fmt: skip

    def act() -> str:
        return improvement_url(acts.raise_improvement(by=request.actor, **{**where, **form.cleaned_data}))

    return form_page(
        request, form, act, title="Verbesserung anlegen", crumbs=crumbs, done="Angelegt.", submit="Anlegen",
        template="quality/improvement_form.html", **context,
    )  # fmt: skip


def change(request: HttpRequest, improvement_id: str) -> HttpResponse:
    found = queries.get_improvement(insider(request), improvement_id)
    must_keep(request.actor, found.organisation)
    first = {name: getattr(found, name) for name in ("title", "finding", "plan", "due_on", "revision")}
    people = queries.people_at(found.organisation, found.owner)
    form = forms.ImprovementForm(
        request.POST or None, actor=request.actor, people=people, initial={**first, "owner": found.owner.public_id}
    )

    def act() -> None:
        acts.change_improvement(by=request.actor, improvement=found, **form.cleaned_data)

    return form_page(request, form, act, title="Verbesserung ändern", crumbs=_to(found))


def _to(found: Improvement) -> list[Crumb]:
    return [*crumbs(), (found.title, improvement_url(found))]


def note(request: HttpRequest, improvement_id: str) -> HttpResponse:
    found = queries.get_improvement(insider(request), improvement_id)
    form = forms.NoteForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.note(by=request.actor, improvement=found, **form.cleaned_data)

    return form_page(request, form, act, title="Notiz", crumbs=_to(found))


def begin(request: HttpRequest, improvement_id: str) -> HttpResponse:
    found = queries.get_improvement(insider(request), improvement_id)

    def act() -> None:
        acts.begin(by=request.actor, improvement=found)

    return button(request, act, improvement_url(found), "Begonnen.")


def finish(request: HttpRequest, improvement_id: str) -> HttpResponse:
    found = queries.get_improvement(insider(request), improvement_id)
    form = forms.DoneForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.finish(by=request.actor, improvement=found, **form.cleaned_data)

    return form_page(
        request, form, act, title="Umgesetzt", crumbs=_to(found), done="Umgesetzt. Jetzt prüft eine zweite Person."
    )


def check(request: HttpRequest, improvement_id: str) -> HttpResponse:
    found = queries.get_improvement(insider(request), improvement_id)
    require(rules.may_check_effect(request.actor, found), acts.ANOTHER)
    people = queries.people_at(found.organisation, found.owner)
    first = {"owner": found.owner.public_id}
    form = forms.CheckForm(request.POST or None, actor=request.actor, people=people, initial=first)

    def act() -> None:
        if form.goes_on:
            acts.plan_again(by=request.actor, improvement=found, **form.next_step())
        else:
            acts.close(by=request.actor, improvement=found, **form.end())

    return form_page(request, form, act, title="Wirkung prüfen", crumbs=_to(found), done="Geprüft.", lead=found.title)
