"""Rounds of asking: before and after with keywords, three closed ones from paper, and one that is running."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

from django.utils import timezone

from lotse.portal.demo.showcase.stage import Stage
from lotse.surveys.actions import begin_round, close_round, draw_codes, enter_paper
from lotse.surveys.ballot import Answers, admitted, cast
from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyRound
from lotse.surveys.questionnaires import Survey, surveys

UNUSED, WEEKS = 6, timedelta(days=28)  # slips that nobody used; how long is asked
WORDS = tuple(f"demo-{number:04}" for number in range(1, 11))
# What each person answers to the five questions: y(es), p(artly), n(o). Who had a keyword comes first, before and after.
# Answers that fewer than five gave are not shown to everybody, so they come in fives.
SAID = {"y": "yes", "p": "partly", "n": "no"}
BEFORE = ("nnppp",) * 5 + ("ppnnp",) * 5
AFTER = ("ynpyy",) * 5 + ("pyynp",) * 5 + ("yyyyy",) * 3 + ("ypypy",) * 3 + ("ppypy",) * 2
RUNNING = ("ypnpy", "nppnp", "ppypy", "ynppy")
KNOWN = {
    "knows_offers": {"yes": 9, "partly": 6}, "solves_alone": {"yes": 5, "partly": 5, "no": 5}, "knows_whom_to_ask": {"yes": 9, "partly": 6},
    "understands_letters": {"partly": 7, "no": 8}, "medical_care": {"yes": 10, "partly": 5},
}  # fmt: skip
COUNSELLED = {
    "understood": {"yes": 13, "partly": 5}, "explained": {"yes": 11, "partly": 7}, "helped": {"yes": 12, "partly": 6},
    "satisfied": {"yes": 12, "partly": 6},
}  # fmt: skip
AROUND = {
    "social_circle": {"one_to_two": 5, "three_to_five": 7, "six_to_ten": 6}, "someone_helps": {"yes": 11, "partly": 7},
    "speaks_german": {"yes": 5, "partly": 8, "no": 5}, "belongs": {"yes": 6, "partly": 7, "no": 5},
}  # fmt: skip


def tell(stage: Stage) -> None:
    named = {survey.key: survey for survey in surveys(stage.today)}
    _before_and_after(stage, named["overview"])
    _on_paper(stage, named["counselling"], 18, COUNSELLED, stage.ago(11))
    _on_paper(stage, named["environment"], 18, AROUND, stage.ago(11))
    _on_paper(stage, named["overview"], 15, KNOWN, date(stage.last_year, 11, 27))
    _running(stage, named["overview"])


def _begun(stage: Stage, survey: Survey, **more: Any) -> SurveyRound:
    given = {"programme": stage.programmes["intman"], "closes_on": stage.today, **more}
    return begin_round(by=stage.petra.actor, site=stage.site, survey=survey, opens_on=stage.today, **given)


def _closed(stage: Stage, asked: SurveyRound, on: date) -> None:
    """An action can neither ask nor close in the past."""
    close_round(by=stage.petra.actor, asked=asked)
    at = datetime.combine(on, time(16), timezone.get_current_timezone())
    SurveyRound.objects.filter(pk=asked.pk).update(opens_on=on - WEEKS, closes_on=on, closed_at=at)


def _before_and_after(stage: Stage, survey: Survey) -> None:
    first = _begun(stage, survey, moment=Moment.BEFORE)
    _answered(stage, first, BEFORE)
    _closed(stage, first, stage.ago(200))
    second = _begun(stage, survey, moment=Moment.AFTER, follows=first)
    _answered(stage, second, AFTER)
    _closed(stage, second, stage.ago(4))


def _answered(stage: Stage, asked: SurveyRound, answers: Sequence[str], keywords: Sequence[str] = WORDS) -> None:
    codes = draw_codes(by=stage.petra.actor, asked=asked, count=len(answers) + UNUSED)
    for code, signs, word in zip_longest(codes[UNUSED:], answers, keywords[: len(answers)], fillvalue=""):
        cast(admitted(code), _spelt_out(asked, signs), word)


def _spelt_out(asked: SurveyRound, signs: str) -> Answers:
    return {question.key: SAID[sign] for question, sign in zip(asked.survey.questions, signs, strict=True)}


def _on_paper(stage: Stage, survey: Survey, sheets: int, given: Mapping[str, Mapping[str, int]], on: date) -> None:
    asked = _begun(stage, survey)
    enter_paper(by=stage.mara.actor, asked=asked, sheets=sheets, given=given)
    _closed(stage, asked, on)


def _running(stage: Stage, survey: Survey) -> None:
    """Some have answered, one with a keyword; the slips that are left wait in a drawer."""
    mbe, ends = stage.programmes["mbe"], stage.today + WEEKS
    asked = _begun(stage, survey, programme=mbe, closes_on=ends, moment=Moment.BEFORE)
    _answered(stage, asked, RUNNING, WORDS[:1])
