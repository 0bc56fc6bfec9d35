"""A questionnaire gets another question: what was asked before goes on counting."""

from itertools import groupby, pairwise

import pytest
from django.core.exceptions import ValidationError

from lotse.facts.definitions import definitions, gaps
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyRound
from lotse.surveys.queries import pairs
from lotse.surveys.questionnaires import all_surveys, survey
from lotse.surveys.results import changes, results
from tests.factories import casework
from tests.factories import surveys as make

EARLIER = survey("overview", "2026-11")
OLD = {question.key: make.YES[question.key] for question in EARLIER.questions}
NEW = {**make.YES, "medical_care": "yes"}


def counted(world, key):
    period = Period(casework.days_ago(360), casework.days_ago(0))
    (result,) = evaluate([fact(f"surveys.{key}")], Question(world.coordinator.actor, period))
    return {cell.key: cell.count for cell in result.cells}


def test_the_newest_questionnaire_asks_for_medical_care():
    added = {question.key for question in make.survey().questions} - OLD.keys()
    assert added == {"medical_care"}


def test_a_key_means_the_same_question_in_every_version():
    by_key = sorted(all_surveys(), key=lambda found: (found.key, found.version))
    for _key, versions in groupby(by_key, key=lambda found: found.key):
        for earlier, later in pairwise(versions):
            kept = {question.key for question in later.questions} & {question.key for question in earlier.questions}
            assert [later.question(key) for key in sorted(kept)] == [earlier.question(key) for key in sorted(kept)]


def test_rounds_of_both_versions_are_counted_for_what_both_ask(world):
    old, new = make.asked(world, of=EARLIER), make.asked(world)
    make.answered(world, old, *[OLD] * 6)
    make.answered(world, new, *[NEW] * 7)
    old, new = make.closed(world, old), make.closed(world, new)
    assert (counted(world, "knows_offers")["yes"], counted(world, "medical_care")["yes"]) == (13, 7)
    assert (len(results(old)), len(results(new))) == (4, 5)


def test_an_old_round_alone_says_nothing_of_a_question_it_did_not_ask(world):
    asked = make.asked(world, of=EARLIER)
    make.answered(world, asked, *[OLD] * 6)
    make.closed(world, asked)
    assert set(counted(world, "medical_care").values()) == {0}


def test_after_in_another_version_is_refused_and_says_why(world):
    before = make.asked(world, of=EARLIER, moment=Moment.BEFORE)
    with pytest.raises(ValidationError, match="in derselben Fassung"):
        make.asked(world, moment=Moment.AFTER, follows=before)


def test_asking_again_takes_the_version_of_before_and_pairs(world, login):
    before = make.asked(world, of=EARLIER, moment=Moment.BEFORE)
    today = f"{casework.days_ago(0)}"
    later = f"/umfragen/{before.public_id}/nachher/"
    assert login(world.technical_lead).post(later, {"opens_on": today, "closes_on": today}).status_code == 302
    after = SurveyRound.objects.get(follows=before)
    for number in range(5):
        make.answered(world, before, {**OLD, "knows_offers": "no"}, keyword=f"aaaa-000{number}")
        make.answered(world, after, OLD, keyword=f"aaaa-000{number}")
    after = make.closed(world, after)
    assert (after.survey_version, len(pairs(after)), len(changes(after))) == ("2026-11", 3, 4)


def test_number_nine_is_counted_and_no_gap_any_more():
    found = fact("surveys.medical_care")
    assert (found.number, found.sheet, found.share, found.is_proposal) == ("9", "integration", ("yes",), True)
    assert "9" not in {gap.number for gap in gaps("integration")}
    assert {goal.key for goal in definitions("integration").goals if 9 in goal.numbers} == {"overview"}
