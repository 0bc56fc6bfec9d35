"""The ballot box. What one person answers becomes sums at once; no row, number or time remains that leads from her to it.

Not an action: an entry in the log would hold the moment of each answer. What the lead does to a round is logged (ADR 0033).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils import timezone

from lotse.surveys.codes import code_digest, keyword_digest, open_with, plain, seal_with
from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyCode, SurveyKeyword, SurveyRound, SurveyTally
from lotse.surveys.questionnaires import SKIPPED

Answers = Mapping[str, str]


class CodeInvalid(Exception):
    """Wrong, used, or its round is over: nobody learns which."""


class KeywordUnknown(Exception):
    """No answers of "before" wait under this keyword."""


class AnswerInvalid(Exception):
    """What was sent is no answer of this questionnaire."""


@dataclass(frozen=True)
class Admission:
    """A code that opens a round, not yet used."""

    code: str
    round: SurveyRound


def admitted(typed: str) -> Admission:
    code = plain(typed)
    running = SurveyRound.objects.running_on(timezone.localdate())
    owners = running.order_by().values_list("organisation_id", flat=True).distinct() if code else ()
    digests = [code_digest(code, owner) for owner in owners]
    found = (
        running.filter(codes__digest__in=digests).select_related("organisation", "site").first() if digests else None
    )
    if found is None:
        raise CodeInvalid
    return Admission(code, found)


def cast(admission: Admission, answers: Answers, keyword: str = "") -> None:
    """All or nothing. The round is locked, so that of two with the same code one gets through."""
    _check(admission.round, answers)
    with transaction.atomic():
        asked = SurveyRound.objects.select_for_update().get(pk=admission.round.pk)
        if not asked.is_running:
            raise CodeInvalid
        _use(admission.code, asked)
        before = _answers_before(asked, keyword) if keyword and asked.moment == Moment.AFTER else {}
        if keyword and asked.moment == Moment.BEFORE:
            _keep(asked, answers, keyword)
        _count(asked, answers, before)


def _check(asked: SurveyRound, answers: Answers) -> None:
    questions = {question.key: {*question.keys, SKIPPED} for question in asked.survey.questions}
    if set(answers) != set(questions) or any(value not in questions[key] for key, value in answers.items()):
        raise AnswerInvalid


def _use(code: str, asked: SurveyRound) -> None:
    """The used code goes; the others of the round are written anew, so that no row tells when it was last touched."""
    digest = code_digest(code, asked.organisation_id)
    if not SurveyCode.objects.filter(digest=digest, round=asked).delete()[0]:
        raise CodeInvalid
    SurveyCode.objects.filter(round=asked).update(round=asked)


def _keep(asked: SurveyRound, answers: Answers, keyword: str) -> None:
    word = plain(keyword)
    digest = keyword_digest(word, asked.public_id, asked.organisation_id)
    if not word or SurveyKeyword.objects.filter(digest=digest).exists():
        raise KeywordUnknown
    sealed = seal_with(word, asked.public_id, json.dumps(dict(answers)))
    SurveyKeyword.objects.create(digest=digest, round=asked, sealed=sealed)
    SurveyKeyword.objects.filter(round=asked).update(round=asked)


def _answers_before(asked: SurveyRound, keyword: str) -> Answers:
    first, word = asked.follows, plain(keyword)
    digest = keyword_digest(word, first.public_id, first.organisation_id)
    row = SurveyKeyword.objects.filter(digest=digest, round=first).first() if word else None
    if row is None:
        raise KeywordUnknown
    answers = json.loads(open_with(word, first.public_id, bytes(row.sealed)))
    row.delete()
    SurveyKeyword.objects.filter(round=first).update(round=first)
    return answers


def _count(asked: SurveyRound, answers: Answers, before: Answers) -> None:
    """Every line of the round is written, most of them with nothing to add: none tells that it was the one."""
    hit = Q()
    for question, value in answers.items():
        hit |= Q(question=question, value=value, before=before.get(question, SurveyTally.UNPAIRED))
    more = Case(When(hit, then=Value(1)), default=Value(0), output_field=IntegerField())
    SurveyTally.objects.filter(round=asked).update(number=F("number") + more)
