"""Who may do what in the room of quality, each predicate by itself; nothing here needs a database."""

from datetime import date
from types import SimpleNamespace as Row

import pytest

from lotse.organisations.actor import Actor
from lotse.organisations.roles import EXTERNAL
from lotse.quality import rules
from lotse.quality.enums import CertificationState as State
from lotse.quality.enums import Side

HERS, ANOTHER = 7, 8
HOUSE, FAR = Row(pk=1, path="/1/"), Row(pk=2, path="/2/")
ONE = Actor(person_id=HERS, ref="", label="", organisation_id=1)
KEEPER = ONE.but(person_id=9, quality_paths=frozenset({"/1/"}))
MOVED = ONE.but(organisation_id=2)
NOBODY = ONE.but(person_id=None)


def row(**more):
    return Row(organisation=HOUSE, organisation_id=1, **more)


@pytest.mark.rule("QM-30")
def test_a_device_is_checked_by_who_answers_for_it_in_this_house_or_keeps_its_quality():
    device = row(responsible_id=HERS)
    assert [rules.checks(who, device) for who in (ONE, MOVED, KEEPER)] == [True, False, True]
    assert not rules.checks(ONE, row(responsible_id=ANOTHER))
    assert not rules.checks(KEEPER, Row(organisation=FAR, organisation_id=2, responsible_id=HERS))


@pytest.mark.rule("QM-20")
def test_an_improvement_is_worked_on_by_who_is_to_do_it_or_keeps_quality():
    assert [rules.may_work_on(who, row(owner_id=HERS)) for who in (ONE, KEEPER)] == [True, True]
    assert not rules.may_work_on(ONE, row(owner_id=ANOTHER))


@pytest.mark.rule("QM-21")
def test_a_complaint_is_answered_by_who_handles_it_or_keeps_quality_but_not_by_whom_it_is_about():
    handled = row(handled_by_id=HERS, about_person_id=None)
    assert [rules.may_answer_complaint(who, handled) for who in (ONE, KEEPER)] == [True, True]
    assert not rules.may_answer_complaint(ONE, row(handled_by_id=ANOTHER, about_person_id=None))
    assert not rules.may_answer_complaint(KEEPER, row(handled_by_id=HERS, about_person_id=KEEPER.person_id))


@pytest.mark.rule("QM-21")
def test_a_complaint_about_nobody_is_about_nobody():
    about = [rules.is_about(ONE, row(about_person_id=person)) for person in (HERS, ANOTHER, None)]
    assert about == [True, False, False]
    assert not rules.is_about(NOBODY, row(about_person_id=None))


@pytest.mark.rule("QM-11")
def test_duty_is_planned_by_who_keeps_the_quality_of_this_house():
    assert [rules.plans_duty(who, HOUSE) for who in (ONE, KEEPER)] == [False, True]
    assert not rules.plans_duty(KEEPER, FAR)


@pytest.mark.rule("QM-11")
def test_each_answers_for_herself_until_the_roster_holds():
    asked, held = Row(is_released=False), Row(is_released=True)
    assert rules.may_answer_roster(ONE, Row(person_id=HERS, roster=asked))
    assert not rules.may_answer_roster(ONE, Row(person_id=ANOTHER, roster=asked))
    assert not rules.may_answer_roster(ONE, Row(person_id=HERS, roster=held))


@pytest.mark.rule("DP-09")
def test_a_checklist_is_with_the_house_until_it_is_handed_in_and_while_it_is_reworked():
    with_house = [state for state in State if rules.is_with_house(state)]
    assert with_house == [State.REGISTERED, State.CONTRACT_SIGNED, State.SCHEDULE_AGREED, State.REWORK]


@pytest.mark.rule("QM-09")
def test_the_board_alone_decides_and_only_on_a_report_that_was_presented():
    board, assessor = Row(side=Side.BOARD), Row(side=Side.ASSESSOR)
    presented, written = Row(presented_on="2026-11-02"), Row(presented_on=None)
    assert rules.may_decide(board, presented)
    refused = [(assessor, presented), (None, presented), (board, written), (board, None)]
    assert [rules.may_decide(seat, report) for seat, report in refused] == [False] * 4


@pytest.mark.rule("QM-09")
def test_a_guest_comes_for_a_day_at_least_and_eighteen_months_at_most():
    first = date(2026, 8, 31)
    assert [rules.is_short_enough(first, last) for last in (first, date(2028, 2, 29))] == [True, True]
    assert [rules.is_short_enough(first, last) for last in (date(2026, 8, 30), date(2028, 3, 1))] == [False, False]


@pytest.mark.rule("QM-14")
def test_a_document_is_renewed_by_whose_it_is_while_she_works_in_its_house_or_by_who_keeps_its_quality():
    document, at_work = row(owner_id=HERS), frozenset({"counsellor"})
    colleague, guest = ONE.but(role_keys=at_work), ONE.but(role_keys=EXTERNAL)
    assert [rules.renews(who, document) for who in (colleague, KEEPER)] == [True, True]
    assert [rules.renews(who, document) for who in (guest, MOVED.but(role_keys=at_work))] == [False, False]
    assert not rules.renews(colleague, row(owner_id=ANOTHER))
