"""The pages of whoever asks: rounds, their papers and sums."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.core.formflow import carried_out, refusals_told
from lotse.core.formpages import form_page
from lotse.documents.answers import pdf_answer
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.views.shared import actor_of
from lotse.surveys import actions, papers, queries, rules
from lotse.surveys.enums import Moment
from lotse.surveys.forms import CodesForm, LaterForm, PaperForm, ReviewForm, RoundForm
from lotse.surveys.models import SurveyRound
from lotse.surveys.questionnaires import SOURCE_LANGUAGE, Survey, languages, surveys
from lotse.surveys.results import changes, results
from lotse.surveys.scope import sees_rounds

NOT_HERS = "Umfragen sehen Beratung, Leitung und wer Zahlen auswertet."


def _asking(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    require(sees_rounds(actor), NOT_HERS)
    return actor


def _round(request: HttpRequest, asked_id: str) -> SurveyRound:
    return queries.get_round(_asking(request), asked_id)


def _led(request: HttpRequest, asked_id: str) -> SurveyRound:
    asked = _round(request, asked_id)
    require(rules.leads_rounds(request.actor, asked.organisation_id), actions.NOT_YOURS)
    return asked


def _url(asked: SurveyRound) -> str:
    return reverse("surveys:round", args=[asked.public_id])


def rounds(request: HttpRequest) -> HttpResponse:
    actor = _asking(request)
    may_begin = rules.leads_rounds(actor, actor.organisation_id)
    context = {"rounds": queries.rounds(actor), "may_begin": may_begin, "today": timezone.localdate()}
    return render(request, "surveys/rounds.html", {**context, "may_release": actor.may(Permission.MANAGE_TEXTS)})


def new(request: HttpRequest) -> HttpResponse:
    actor = _asking(request)
    require(rules.leads_rounds(actor, actor.organisation_id), actions.NOT_YOURS)
    today = timezone.localdate()
    first = {"moment": Moment.SINGLE, "opens_on": today, "closes_on": today + timedelta(days=28)}
    form = RoundForm(request.POST or None, actor=actor, offers=queries.places(actor), initial=first)

    def act() -> None:
        actions.begin_round(by=actor, **form.values)

    to = reverse("surveys:rounds")
    return form_page(request, form, act, title="Neue Umfrage", done="Angelegt.", crumbs=[("Umfragen", to)])


def later(request: HttpRequest, asked_id: str) -> HttpResponse:
    first = _led(request, asked_id)
    if not queries.may_be_followed(first):
        raise Http404
    today = timezone.localdate()
    form = LaterForm(request.POST or None, initial={"opens_on": today, "closes_on": today + timedelta(days=28)})
    same = {"survey": first.survey, "site": first.site, "programme": first.programme}

    def act() -> None:
        actions.begin_round(by=request.actor, **same, **form.cleaned_data, moment=Moment.AFTER, follows=first)

    title, note = "Noch einmal fragen", "Dieselben Fragen, mit neuen Zetteln. Das Merkwort haben nur die Befragten."
    return form_page(request, form, act, title=title, done="Angelegt.", crumbs=[(str(first), _url(first))], note=note)


def detail(request: HttpRequest, asked_id: str) -> HttpResponse:
    asked = _round(request, asked_id)
    context = {
        "round": asked,
        "answers": queries.answers_of(asked),
        "results": results(asked) if asked.is_closed else [],
        "changes": changes(asked) if asked.is_closed and asked.follows_id else [],
        "leads": rules.leads_rounds(request.actor, asked.organisation_id),
        "enters": rules.enters_paper(request.actor, asked.organisation_id),
        "may_be_followed": queries.may_be_followed(asked),
        "languages": languages().values(),
        "is_over": asked.closes_on < timezone.localdate(),
        "address": papers.public_address(),
    }
    return render(request, "surveys/round.html", context)


def codes(request: HttpRequest, asked_id: str) -> HttpResponse:
    """The slips leave with the answer to the click and are printed once: nobody can print the same codes again."""
    asked = _led(request, asked_id)
    form = CodesForm(request.POST or None)
    drawn: list[str] = []

    def act() -> None:
        drawn.extend(actions.draw_codes(by=request.actor, asked=asked, count=form.cleaned_data["count"]))

    if request.method == "POST" and carried_out(form, act):
        return pdf_answer(papers.slips(asked, drawn), "zettel.pdf")
    return render(request, "surveys/codes.html", {"form": form, "round": asked})


def sheet_pdf(request: HttpRequest, asked_id: str) -> HttpResponse:
    asked, language = _round(request, asked_id), request.GET.get("sprache", SOURCE_LANGUAGE)
    if language not in languages():
        raise Http404
    is_draft = queries.is_draft(asked.survey, language, asked.organisation_id)
    return pdf_answer(papers.questionnaire(asked, language, is_draft), f"fragebogen-{language}.pdf")


def paper(request: HttpRequest, asked_id: str) -> HttpResponse:
    asked = _round(request, asked_id)
    require(rules.enters_paper(request.actor, asked.organisation_id), "Bögen trägt ein, wer hier berät oder leitet.")
    form = PaperForm(request.POST or None, asked=asked.survey)

    def act() -> None:
        actions.enter_paper(by=request.actor, asked=asked, sheets=form.cleaned_data["sheets"], given=form.sums)

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, "Eingetragen. Die Bögen können Sie jetzt vernichten.")
        return redirect(_url(asked))
    return render(request, "surveys/paper.html", {"form": form, "round": asked})


def close(request: HttpRequest, asked_id: str) -> HttpResponse:
    asked = _led(request, asked_id)
    if request.method == "POST":
        with refusals_told(request):
            actions.close_round(by=request.actor, asked=asked)
            messages.success(request, "Die Umfrage ist beendet.")
        return redirect(_url(asked))
    return render(request, "surveys/close.html", {"round": asked})


def _releasing(request: HttpRequest) -> Actor:
    actor = _asking(request)
    require(actor.may(Permission.MANAGE_TEXTS), "Texte gibt frei, wer sie pflegen darf.")
    return actor


def texts(request: HttpRequest) -> HttpResponse:
    actor = _releasing(request)
    others = [language for code, language in languages().items() if code != SOURCE_LANGUAGE]
    rows = [
        (survey, [(language, queries.release_of(survey, language.code, actor.organisation_id)) for language in others])
        for survey in surveys()
    ]
    return render(request, "surveys/texts.html", {"rows": rows})


def words(request: HttpRequest, survey_key: str, language: str) -> HttpResponse:
    """Everything a client reads, German beside the translation, and the form to release it."""
    actor, survey = _releasing(request), next((s for s in surveys() if s.key == survey_key), None)
    if survey is None or language not in languages() or language == SOURCE_LANGUAGE:
        raise Http404
    form = ReviewForm(request.POST or None, initial={"reviewed_on": timezone.localdate()})

    def act() -> None:
        actions.release_words(by=actor, survey=survey, language=language, **form.cleaned_data)

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, "Freigegeben.")
        return redirect("surveys:texts")
    return render(request, "surveys/words.html", {**_wording(survey, language, actor), "form": form})


def _wording(survey: Survey, language: str, actor: Actor) -> dict:
    release = queries.release_of(survey, language, actor.organisation_id)
    return {"survey": survey, "language": languages()[language], "pairs": survey.pairs(language), "release": release}
