"""A waiting room answers at the same moment."""

import pytest

from lotse.surveys.ballot import CodeInvalid, admitted, cast
from lotse.surveys.models import SurveyCode
from lotse.surveys.queries import answers_of
from tests.casework import conftest as crowd
from tests.factories import surveys as make
from tests.factories.surveys import YES

at_once = crowd.at_once


@pytest.fixture
def asked(transactional_db, world):
    return make.asked(world)


@pytest.mark.rule("SV-02")
def test_a_code_sent_twice_at_once_counts_once(world, asked, at_once):
    admission = admitted(make.codes(world, asked)[0])
    results = at_once(lambda: cast(admission, YES), lambda: cast(admission, YES))
    assert sorted(map(type, results), key=str) == [type(None), CodeInvalid]
    assert answers_of(asked) == 1


def test_four_at_once_all_count(world, asked, at_once):
    admissions = [admitted(code) for code in make.codes(world, asked, 4)]
    assert at_once(*(lambda a=a: cast(a, YES) for a in admissions)) == [None] * 4
    assert (answers_of(asked), SurveyCode.objects.count()) == (4, 0)
