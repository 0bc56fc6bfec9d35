from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.casework.actions.contacts import record_contact
from lotse.casework.actions.plans import record_status
from lotse.casework.enums import PlanStatusValue
from lotse.casework.models import CounsellingCase
from lotse.facts.disclosure import suppress
from lotse.facts.registry import Period, Scope, all_facts, fact
from lotse.facts.results import evaluate
from tests.factories import casework as make

YEAR = Period(make.days_ago(360), make.days_ago(0))


def count(world, key, by=None, **more):
    return evaluate(fact(key), by or world.counsellor.actor, Scope(), YEAR, **more)


def shown(result):
    return {cell.key: cell.count for cell in result.cells}


def test_every_figure_counts_nothing_from_nothing(world):
    for figure in all_facts():
        result = evaluate(figure, world.counsellor.actor, Scope(), YEAR)
        assert result.total == 0, figure.key


def test_who_holds_every_file_sees_exact_numbers(world):
    make.case(world)

    result = count(world, "cases.movement")

    assert (shown(result), result.is_exact) == ({"new": 1, "continuing": 0, "ended": 0}, True)


def test_who_does_not_hold_them_sees_a_dot(world):
    make.case(world)

    result = count(world, "cases.movement", by=world.coordinator.actor)

    assert (shown(result), result.total, result.is_exact) == ({"new": None, "continuing": 0, "ended": 0}, None, False)


def test_what_leaves_the_house_is_protected_for_everybody(world):
    make.case(world)
    assert shown(count(world, "cases.movement", leaves_house=True))["new"] is None


def test_a_counsellor_counts_her_own_carrier_only(world):
    make.case(world, by=world.outsider.actor)
    assert count(world, "cases.movement").total == 0
    assert evaluate(fact("cases.movement"), world.outsider.actor, Scope(), YEAR).total == 1


def test_the_district_counts_all_carriers_below(world):
    for number in range(4):
        make.case(world, client=make.person(world, last_name=f"Nord{number}"))
        outsider = world.outsider.actor
        make.case(world, client=make.person(world, by=outsider, last_name=f"Süd{number}"), by=outsider)

    assert count(world, "cases.movement", by=world.coordinator.actor).total == 8


def test_missing_values_are_counted_apart(world):
    make.case(world, client=make.person(world, gender="w"))
    make.case(world, client=make.person(world, last_name="Ohne"))

    result = count(world, "cases.gender")

    assert (shown(result), result.missing, result.total) == ({"w": 1}, 1, 2)


@pytest.mark.rule("CL-20")
def test_plan_status_is_read_as_of_the_key_date(world):
    plan = make.plan(world, agreed=True)
    for days, value in ((8, PlanStatusValue.IN_IMPLEMENTATION), (2, PlanStatusValue.NO_FURTHER_NEED)):
        record_status(by=world.counsellor.actor, plan=plan, key_date=make.days_ago(days), value=value)

    past = evaluate(fact("plans.status"), world.counsellor.actor, Scope(), Period(make.days_ago(60), make.days_ago(5)))
    now = count(world, "plans.status")

    assert {k for k, n in shown(past).items() if n} == {"in_implementation"}
    assert {k for k, n in shown(now).items() if n} == {"no_further_need"}


def test_age_and_stay_are_derived_at_the_key_date(world):
    make.case(world, client=make.person(world, birth_date=date(1990, 5, 1), entered_germany_on=make.days_ago(400)))

    assert {k for k, n in shown(count(world, "cases.stay")).items() if n} == {"1 bis 3 Jahre"}
    assert sum(shown(count(world, "cases.age")).values()) == 1


def test_topics_count_every_mention(world):
    case = make.case(world)
    record_contact(
        by=world.counsellor.actor, case=case, on=make.days_ago(1), channel="phone", topics=["housing", "family"]
    )

    assert shown(count(world, "contacts.topic")) == {"housing": 1, "family": 1}


def test_a_case_that_ended_before_the_period_is_not_counted(world):
    make.case(world)
    CounsellingCase.objects.update(state="aborted", ended_on=make.days_ago(20))

    later = Period(make.days_ago(10), make.days_ago(0))
    assert evaluate(fact("cases.movement"), world.counsellor.actor, Scope(), later).total == 0


@pytest.mark.parametrize(("cells", "expected"), [
    ({"a": 10, "b": 2, "c": 5}, {"a": 10, "b": None, "c": None}),
    ({"a": 10, "b": 2, "c": 2}, {"a": 10, "b": None, "c": None}),
    ({"a": 10, "b": 0}, {"a": 10, "b": 0}),
    ({"a": 10, "b": 1}, {"a": None, "b": None}),
    ({"a": 1}, {"a": None}),
    ({}, {}),
])  # fmt: skip
def test_small_cells_are_hidden_with_what_would_reveal_them(cells, expected):
    assert suppress(cells, 3) == expected


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 30), max_size=8), st.integers(2, 6))
def test_a_hidden_cell_cannot_be_computed_from_the_total(cells, threshold):
    shown_cells = suppress(cells, threshold)
    hidden = [cells[key] for key, value in shown_cells.items() if value is None]

    assert all(value is None or value == 0 or value >= threshold for value in shown_cells.values())
    assert len(hidden) != 1 or len([v for v in cells.values() if v]) == 1


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_statistics_leave_as_a_file(world, login, kind):
    make.case(world)
    answer = login(world.counsellor).get(f"/auswertung/?start={YEAR.start}&end={YEAR.end}&format={kind}")

    assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')
    assert len(answer.content) > 500


def test_a_period_that_ends_before_it_begins_is_refused(world, login):
    page = login(world.counsellor).get("/auswertung/?start=2026-05-01&end=2026-01-01").content.decode()
    assert "Das Ende liegt vor dem Beginn." in page


@pytest.mark.parametrize("cases", [1, 3])
def test_statistics_page_costs_the_same_for_one_and_for_three(world, login, django_assert_num_queries, cases):
    for number in range(cases):
        make.case(world, client=make.person(world, last_name=f"N{number}"))
    web = login(world.counsellor)
    web.get("/auswertung/")
    with django_assert_num_queries(35):
        web.get("/auswertung/")
