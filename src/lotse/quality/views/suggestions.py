"""Suggestions: every colleague makes them, sees her own and their answers; who keeps quality answers them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lotse.core.formpages import Crumb, form_page
from lotse.core.paging import keyset
from lotse.quality import rules
from lotse.quality.actions import suggestions as acts
from lotse.quality.forms.voices import AnswerSuggestionForm, SuggestForm
from lotse.quality.models import Suggestion
from lotse.quality.queries import voices as queries
from lotse.quality.queries.improvements import people_at
from lotse.quality.views.shared import insider, must_keep


def _crumbs() -> list[Crumb]:
    return [("Vorschläge", reverse("quality:suggestions"))]


def suggestion_url(suggestion: Suggestion) -> str:
    return reverse("quality:suggestion", args=[suggestion.public_id])


def suggestions(request: HttpRequest) -> HttpResponse:
    actor, stand = insider(request), request.GET.get("stand", "")
    stand = stand if stand in queries.SUGGESTED else ""
    counts = queries.suggestion_counts(actor)
    context = {
        "page": keyset(queries.suggestions(actor, stand), request.GET.get("ab", ""), by="-raised_at"), "stand": stand,
        "stands": [(key, label, counts[key], key == stand) for key, label in queries.SUGGESTED.items()],
    }  # fmt: skip
    return render(request, "quality/suggestions.html", context)


def new(request: HttpRequest) -> HttpResponse:
    form = SuggestForm(request.POST or None, actor=insider(request))

    def act() -> str:
        return suggestion_url(acts.suggest(by=request.actor, **form.cleaned_data))

    return form_page(
        request, form, act, title="Vorschlag machen", crumbs=_crumbs(), done="Danke. Sie bekommen hier eine Antwort.",
        submit="Abschicken", lead="Ihren Vorschlag lesen nur Sie und wer die Qualität sichert.",
    )  # fmt: skip


def suggestion(request: HttpRequest, idea_id: str) -> HttpResponse:
    found = queries.get_suggestion(insider(request), idea_id)
    keeps = rules.keeps_quality_of(request.actor, found.organisation)
    context = {"suggestion": found, "crumbs": _crumbs(), "keeps": keeps, "may_answer": keeps and not found.result}
    return render(request, "quality/suggestion.html", context)


def answer(request: HttpRequest, idea_id: str) -> HttpResponse:
    found = queries.get_suggestion(insider(request), idea_id)
    must_keep(request.actor, found.organisation)
    form = AnswerSuggestionForm(request.POST or None, actor=request.actor, people=people_at(found.organisation))

    def act() -> None:
        how = acts.take_up if form.takes_up else acts.decline
        how(by=request.actor, suggestion=found, **form.values())

    crumbs = [*_crumbs(), (found.title, suggestion_url(found))]
    return form_page(
        request, form, act, title="Vorschlag beantworten", crumbs=crumbs, done="Beantwortet.", lead=found.text
    )
