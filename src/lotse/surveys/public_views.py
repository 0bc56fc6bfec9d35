"""The page a client sees on her phone: no login, no name, nothing of the house but what it is called."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from lotse.core.doorless import open_to_all
from lotse.correspondence.throttle import admit
from lotse.surveys.asking import Page, language_of, typed_answers
from lotse.surveys.ballot import Admission, AnswerInvalid, CodeInvalid, KeywordUnknown, admitted, cast

TRIES = 300  # of one address in a quarter of an hour: a waiting room shares one, and guessing takes a thousand years
REFUSED = {CodeInvalid: "wrong_code", KeywordUnknown: "wrong_keyword", AnswerInvalid: "wrong_answer"}


@open_to_all
def answer(request: HttpRequest) -> HttpResponse:
    """Looking stores nothing; only what is sent does."""
    typed = request.POST.get("c") or request.GET.get("c", "")
    page = Page(language_of(request), typed)
    if not typed:
        return _shown(request, page)
    if not admit("survey", get_adapter().get_client_ip(request), TRIES):
        return _shown(request, page.refused("too_often"), status=429)
    try:
        admission = admitted(typed)
    except CodeInvalid:
        return _shown(request, page.refused("wrong_code"), status=404)
    return _answered(request, page.asking(admission.round), admission)


def _answered(request: HttpRequest, page: Page, admission: Admission) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, page)
    answers = typed_answers(admission.round, request.POST)
    try:
        cast(admission, answers, request.POST.get("keyword", "").strip())
    except (CodeInvalid, KeywordUnknown, AnswerInvalid) as error:
        kept = page.filled(answers, request.POST.get("keyword", ""))
        return _shown(request, kept.refused(REFUSED[type(error)]), status=400)
    return redirect(f"{reverse('answering:thanks')}?{urlencode({'l': page.language})}")


@open_to_all
def thanks(request: HttpRequest) -> HttpResponse:
    return _shown(request, Page(language_of(request)), "surveys/thanks.html")


def _shown(request: HttpRequest, page: Page, template: str = "surveys/answer.html", status: int = 200) -> HttpResponse:
    context: Mapping[str, Any] = {"page": page, "words": page.words}
    return render(request, template, context, status=status)
