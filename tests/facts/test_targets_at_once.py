"""Two people of a house decide about the same figure at the same moment."""

import pytest
from django.core.exceptions import ValidationError

from lotse.facts.models import FigureTarget, TargetReview
from tests.casework import conftest as crowd
from tests.factories.targets import set_for
from tests.facts.test_targets import end, review

at_once = crowd.at_once


@pytest.mark.rule("GO-02")
def test_of_two_targets_set_at_once_one_is_refused(transactional_db, world, at_once):
    results = at_once(lambda: set_for(world), lambda: set_for(world, by=world.carrier_manager, value=70))
    assert sorted(type(result).__name__ for result in results) == [FigureTarget.__name__, ValidationError.__name__]
    assert FigureTarget.objects.count() == 1


def test_of_a_review_and_an_end_at_once_the_second_is_told(transactional_db, world, at_once):
    target = set_for(world)
    results = at_once(
        lambda: review(world.technical_lead, target, revision=1), lambda: end(world.carrier_manager, target, revision=1)
    )
    assert [type(result) for result in results].count(ValidationError) == 1
    assert (TargetReview.objects.count(), FigureTarget.objects.get().revision) == (1, 2)
