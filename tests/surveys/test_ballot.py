"""Answering: a code is good once, an answer is one of the questionnaire, and a closed round takes nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from lotse.surveys import ballot
from lotse.surveys.actions import close_round
from lotse.surveys.ballot import AnswerInvalid, CodeInvalid, KeywordUnknown, admitted, cast
from lotse.surveys.codes import LENGTH, new_code, plain, spoken
from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyCode, SurveyKeyword, SurveyRound, SurveyTally
from lotse.surveys.queries import answers_of, pairs, sums
from tests.factories import surveys as make
from tests.factories.surveys import YES

NO = {**YES, "knows_offers": "no", "understands_letters": ""}


def test_an_answer_is_counted_once_in_every_question(world):
    asked = make.asked(world)
    make.answered(world, asked, YES)

    counted = {key: {value: n for value, n in values.items() if n} for key, values in sums(asked).items()}
    assert counted == {key: {value: 1} for key, value in YES.items()}
    assert answers_of(asked) == 1


@pytest.mark.rule("SV-02")
def test_a_used_code_is_gone(world):
    asked = make.asked(world)
    (code,) = make.codes(world, asked)
    admission = admitted(code)
    cast(admission, YES)

    with pytest.raises(CodeInvalid):
        admitted(code)
    with pytest.raises(CodeInvalid):
        cast(admission, NO)
    assert answers_of(asked) == 1


@pytest.mark.parametrize("typed", ["", "x", "ABCD-EFGH", "ÄÖÜ-ßßßß", "' OR 1=1 --", "\x00" * 8, "9" * 5000])
def test_a_wrong_code_opens_nothing(world, typed):
    make.codes(world, make.asked(world), 3)
    with pytest.raises(CodeInvalid):
        admitted(typed)


def test_a_code_may_be_typed_as_it_is_read(world):
    (code,) = make.codes(world, make.asked(world))
    misread = spoken(code).replace("1", "l").replace("0", "O").replace("-", " ")
    assert admitted(f" {misread} ").code == code


def test_codes_are_short_random_and_readable():
    made = [new_code() for _ in range(500)]
    assert {len(code) for code in made} == {LENGTH}
    assert set("".join(made)) & set("ilou") == set()
    assert len(set(made)) == 500
    assert [plain(spoken(code)) for code in made] == made


@pytest.mark.rule("SV-02")
@pytest.mark.parametrize(("opens", "closes"), [(1, 5), (-5, -1)])
def test_before_the_first_and_after_the_last_day_no_code_opens(world, opens, closes):
    asked = make.asked(world)
    (code,) = make.codes(world, asked)
    today = timezone.localdate()
    days = {"opens_on": today + timedelta(days=opens), "closes_on": today + timedelta(days=closes)}
    SurveyRound.objects.update(**days)
    with pytest.raises(CodeInvalid):
        admitted(code)


@pytest.mark.rule("SV-02")
def test_on_the_first_and_the_last_day_codes_open(world):
    asked = make.asked(world)
    (code,) = make.codes(world, asked)
    SurveyRound.objects.update(opens_on=timezone.localdate(), closes_on=timezone.localdate())
    assert admitted(code).round == asked
    assert SurveyRound.objects.get().is_running


@pytest.mark.rule("SV-02")
def test_a_closed_round_takes_no_answer_that_was_begun_before(world):
    asked = make.asked(world)
    (code,) = make.codes(world, asked)
    admission = admitted(code)
    SurveyRound.objects.update(closed_at=timezone.now())
    with pytest.raises(CodeInvalid):
        admitted(code)
    with pytest.raises(CodeInvalid):
        cast(admission, YES)
    assert answers_of(asked) == 0


@pytest.mark.parametrize(
    "harm",
    [
        {"knows_offers": "perhaps"},
        {"knows_offers": "-"},
        {"unknown": "yes"},
        {"knows_offers": "YES"},
        {"knows_offers": "yes "},
    ],
)
def test_a_tampered_answer_stores_nothing_and_leaves_the_code(world, harm):
    asked = make.asked(world)
    (code,) = make.codes(world, asked)
    with pytest.raises(AnswerInvalid):
        cast(admitted(code), {**YES, **harm})
    assert (answers_of(asked), SurveyCode.objects.count()) == (0, 1)


def test_a_missing_question_is_no_answer(world):
    (code,) = make.codes(world, make.asked(world))
    with pytest.raises(AnswerInvalid):
        cast(admitted(code), {"knows_offers": "yes"})


def test_an_answer_that_breaks_halfway_leaves_the_code(world, monkeypatch):
    asked = make.asked(world)
    (code,) = make.codes(world, asked)

    def broken(*_):
        raise OSError("full")

    monkeypatch.setattr(ballot, "_count", broken)
    with pytest.raises(OSError, match="full"):
        cast(admitted(code), YES)
    monkeypatch.undo()
    cast(admitted(code), YES)
    assert answers_of(asked) == 1


def test_a_code_of_another_carrier_counts_there_alone(world):
    here, there = make.asked(world), make.asked(world, by=lead_of_the_south(world), site=world.far_site)
    (code,) = make.codes(world, here)
    cast(admitted(code), YES)
    assert (answers_of(here), answers_of(there)) == (1, 0)


def lead_of_the_south(world):
    from tests.personas import persona

    persona(world, "southern_manager", world.suedstadt, "carrier_manager")
    return world.southern_manager.actor


# --- before and after --------------------------------------------------------------------------------------------
@pytest.fixture
def twice(world):
    before = make.asked(world, moment=Moment.BEFORE)
    return before, make.asked(world, moment=Moment.AFTER, follows=before)


def test_before_and_after_meet_by_the_keyword(world, twice):
    before, after = twice
    make.answered(world, before, NO, keyword="aaaa-2222")
    make.answered(world, after, YES, keyword="AAAA 2222")

    assert set(pairs(after)) == {("knows_offers", "no", "yes", 1), ("solves_alone", "partly", "partly", 1)}
    assert SurveyKeyword.objects.count() == 0


def test_without_a_keyword_the_answer_counts_all_the_same(world, twice):
    before, after = twice
    make.answered(world, before, NO)
    make.answered(world, after, YES)
    assert (answers_of(before), answers_of(after), pairs(after)) == (1, 1, [])


@pytest.mark.parametrize("keyword", ["bbbb-3333", "short", "aaaa-2223"])
def test_an_unknown_keyword_is_refused_and_the_code_stays_good(world, twice, keyword):
    before, after = twice
    make.answered(world, before, NO, keyword="aaaa-2222")
    (code,) = make.codes(world, after)
    with pytest.raises(KeywordUnknown):
        cast(admitted(code), YES, keyword)
    assert (answers_of(after), admitted(code).round) == (0, after)


def test_a_keyword_pairs_once(world, twice):
    before, after = twice
    make.answered(world, before, NO, keyword="aaaa-2222")
    make.answered(world, after, YES, keyword="aaaa-2222")
    (code,) = make.codes(world, after)
    with pytest.raises(KeywordUnknown):
        cast(admitted(code), YES, "aaaa-2222")


def test_closing_the_second_round_forgets_what_waits_for_a_keyword(world, twice):
    before, after = twice
    make.answered(world, before, NO, keyword="aaaa-2222")
    close_round(by=world.technical_lead.actor, asked=after)
    assert SurveyKeyword.objects.count() == 0


# --- what lies in the database -----------------------------------------------------------------------------------
def raw(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names of our own tables
        return cursor.fetchall()


@pytest.mark.rule("SV-04")
def test_answers_add_no_row_and_no_time_anywhere(world):
    """All tables before and after: sums have grown, one code is gone, nothing else has changed."""
    asked = make.asked(world)
    admission = admitted(make.codes(world, asked, 3)[1])
    tables = connection.introspection.table_names()
    before = {table: raw(table) for table in tables}
    cast(admission, YES)

    changed = {
        table: (len(before[table]), len(raw(table)))
        for table in tables
        if sorted(map(repr, raw(table))) != sorted(map(repr, before[table]))
    }
    lines = SurveyTally.objects.count()
    assert changed == {"surveys_surveycode": (3, 2), "surveys_surveytally": (lines, lines)}


@pytest.mark.rule("SV-04")
def test_two_orders_of_answering_leave_the_same_rows(world):
    """Who came first, and with which code, cannot be told: the rows are the same, in the same order."""

    def left(first, second):
        asked = make.asked(world)
        make.answered(world, asked, first, second)
        return list(
            SurveyTally.objects.filter(round=asked).order_by("pk").values_list("question", "before", "value", "number")
        )

    assert left(YES, NO) == left(NO, YES)


@pytest.mark.rule("SV-04")
def test_codes_lie_as_keyed_hashes_in_no_order(world):
    asked = make.asked(world)
    codes = make.codes(world, asked, 20)
    rows = raw("surveys_surveycode")
    assert {len(row) for row in rows} == {2}  # hash and round: no number, no time, no person
    assert [row for row in rows for code in codes if code in repr(row).lower()] == []
    digests = [row[0] for row in rows]
    assert digests == sorted(digests)


@pytest.mark.rule("SV-04")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no transaction ids in its rows")
def test_transaction_ids_of_rows_tell_nothing(world):
    """Neither which transaction wrote a row last, nor which statement of it."""
    asked = make.asked(world)
    codes = make.codes(world, asked, 4)
    cast(admitted(codes[0]), YES)
    cast(admitted(codes[2]), NO)
    with connection.cursor() as cursor:
        for table in ("surveys_surveytally", "surveys_surveycode"):
            cursor.execute(f"SELECT DISTINCT xmin::text, cmin::text FROM {table}")  # noqa: S608 -- our own tables
            assert len(cursor.fetchall()) == 1


@pytest.mark.rule("SV-04")
def test_what_waits_for_a_keyword_opens_to_nobody_without_it(world, twice):
    from lotse.surveys.codes import open_with

    before, _after = twice
    make.answered(world, before, YES, keyword="aaaa-2222")
    make.answered(world, before, NO, keyword="bbbb-3333")
    one, other = (bytes(row.sealed) for row in SurveyKeyword.objects.all())
    assert len(one) == len(other)
    assert b"yes" not in one + other
    assert b"knows" not in one + other
    with pytest.raises(ValueError, match="another keyword"):
        open_with("cccc4444", before.public_id, one)
