"""Rounds of asking: before and after with keywords, two closed ones from paper, and one that is running."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from lotse.portal.demo.showcase.stage import Stage
from lotse.surveys.actions import begin_round, close_round, draw_codes, enter_paper
from lotse.surveys.ballot import Answers, admitted, cast
from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyRound
from lotse.surveys.questionnaires import Survey, surveys

WORDS = tuple(f"demo-{number:04}" for number in range(1, 7))
# How twelve people answered the four questions afterwards, and the six with a keyword before: y(es), p(artly), n(o).
BEFORE = ("nnpn", "npnn", "pnpn", "npny", "ppnn", "nnnp")
AFTER = ("ypyp", "ynpy", "yppp", "ynyp", "pyyp", "pnyy", "yyyy", "ypyp", "npyn", "yyyp", "ypny", "pyyy")
SAID = {"y": "yes", "p": "partly", "n": "no"}
COUNSELLED = {
    "understood": {"yes": 13, "partly": 5}, "explained": {"yes": 11, "partly": 6, "no": 1}, "helped": {"yes": 12, "partly": 5, "no": 1},
    "satisfied": {"yes": 13, "partly": 4, "no": 1},
}  # fmt: skip
AROUND = {
    "social_circle": {"none": 1, "one_to_two": 3, "three_to_five": 5, "six_to_ten": 6, "over_ten": 1},
    "someone_helps": {"yes": 8, "partly": 6, "no": 2}, "speaks_german": {"yes": 5, "partly": 8, "no": 2}, "belongs": {"yes": 6, "partly": 7, "no": 3},
}  # fmt: skip
RUNNING = ("ypnp", "nppn", "ppyp", "ynpp")


def tell(stage: Stage) -> None:
    named = {survey.key: survey for survey in surveys(stage.today)}
    _before_and_after(stage, named["overview"])
    _on_paper(stage, named["counselling"], 18, COUNSELLED)
    _on_paper(stage, named["environment"], 16, AROUND)
    _running(stage, named["overview"])


def _begun(
    stage: Stage, survey: Survey, since: int, ends_in: int = 1, programme: str = "intman", **more: Any
) -> SurveyRound:
    return begin_round(
        by=stage.petra.actor, site=stage.site, programme=stage.programmes[programme], survey=survey, opens_on=stage.ago(since),
        closes_on=stage.today + timedelta(days=ends_in), **more,
    )  # fmt: skip


def _before_and_after(stage: Stage, survey: Survey) -> None:
    """An action cannot answer in the past, so the first round ends today as well."""
    by = stage.petra.actor
    first = _begun(stage, survey, since=240, moment=Moment.BEFORE)
    _answered(stage, first, BEFORE, WORDS)
    close_round(by=by, asked=first)
    second = _begun(stage, survey, since=40, moment=Moment.AFTER, follows=first)
    _answered(stage, second, AFTER, WORDS)
    close_round(by=by, asked=second)


def _answered(stage: Stage, asked: SurveyRound, answers: Sequence[str], words: Iterable[str]) -> None:
    codes = draw_codes(by=stage.petra.actor, asked=asked, count=len(answers) + 4)
    keywords = [*words, *[""] * len(answers)]
    for code, signs, word in zip(codes, answers, keywords, strict=False):
        cast(admitted(code), _spelt_out(asked, signs), word)


def _spelt_out(asked: SurveyRound, signs: str) -> Answers:
    return {question.key: SAID[sign] for question, sign in zip(asked.survey.questions, signs, strict=True)}


def _on_paper(stage: Stage, survey: Survey, sheets: int, given: dict[str, dict[str, int]]) -> None:
    asked = _begun(stage, survey, since=30)
    enter_paper(by=stage.mara.actor, asked=asked, sheets=sheets, given=given)
    close_round(by=stage.petra.actor, asked=asked)


def _running(stage: Stage, survey: Survey) -> None:
    """Some have answered, one with a keyword; the slips that are left wait in a drawer."""
    asked = _begun(stage, survey, since=10, ends_in=30, programme="mbe", moment=Moment.BEFORE)
    _answered(stage, asked, RUNNING, WORDS[:1])
