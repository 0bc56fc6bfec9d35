"""What a closed round says. A question that fewer than five answered says nothing; small cells are dots (facts.disclosure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lotse.facts.disclosure import Layer, Table, protect
from lotse.surveys import rules
from lotse.surveys.models import SurveyRound
from lotse.surveys.queries import pairs, sums
from lotse.surveys.questionnaires import SKIPPED, Question
from lotse.surveys.scope import LEAST

NO_ANSWER = "keine Angabe"
CHANGES = {"better": "besser", "same": "gleich", "worse": "weniger gut"}
EVERYWHERE = ("all", 0)


@dataclass(frozen=True)
class Line:
    """`count` None: hidden, a dot."""

    label: str
    count: int | None


@dataclass(frozen=True)
class Answered:
    """One question; no lines where too few have answered."""

    title: str
    lines: tuple[Line, ...] = ()


def results(asked: SurveyRound) -> list[Answered]:
    found = sums(asked)
    return [_answered(question, found.get(question.key, {}), asked.is_closed) for question in asked.survey.questions]


def changes(asked: SurveyRound) -> list[Answered]:
    """Of those who gave their keyword: whether a question is answered better, the same or worse than before."""
    counted: dict[str, dict[str, int]] = {
        question.key: dict.fromkeys(CHANGES, 0) for question in asked.survey.questions
    }
    for key, before, after, number in pairs(asked):
        counted[key][_change(asked.survey.question(key), before, after)] += number
    return [_changed(question, counted[question.key], asked.is_closed) for question in asked.survey.questions]


def _answered(question: Question, numbers: Mapping[str, int], is_closed: bool) -> Answered:
    answered = sum(number for key, number in numbers.items() if key != SKIPPED)
    if not rules.is_shown(is_closed, answered):
        return Answered(question.title)
    return Answered(question.title, _lines(question.labels | {SKIPPED: NO_ANSWER}, numbers))


def _changed(question: Question, numbers: Mapping[str, int], is_closed: bool) -> Answered:
    shown = rules.is_shown(is_closed, sum(numbers.values()))
    return Answered(question.title, _lines(CHANGES, numbers) if shown else ())


def _lines(labels: Mapping[str, str], numbers: Mapping[str, int]) -> tuple[Line, ...]:
    hidden = _hidden(list(labels), numbers)
    return tuple(Line(label, None if key in hidden else numbers.get(key, 0)) for key, label in labels.items())


def _hidden(keys: Sequence[str], numbers: Mapping[str, int]) -> set[str]:
    layer = Layer({key: {EVERYWHERE: numbers.get(key, 0)} for key in keys}, LEAST)
    found = protect(Table([keys], [EVERYWHERE], [layer]))
    return {key for key in keys if found.hides(key)}


def _change(question: Question, before: str, after: str) -> str:
    step = question.rank(after) - question.rank(before)
    return "better" if step > 0 else "worse" if step < 0 else "same"
