from dataclasses import replace
from datetime import date

import pytest

from lotse.casework.actions.clients import add_household_member
from lotse.casework.actions.contacts import record_contact
from lotse.casework.actions.families import link_own_file
from lotse.casework.actions.merging import merge_clients
from lotse.casework.actions.plans import record_status
from lotse.casework.actions.unmerging import undo_merge
from lotse.casework.enums import Act, PlanStatusValue
from lotse.casework.facts import years_before
from lotse.casework.models import CounsellingCase
from lotse.facts.counting import rows_of_cell
from lotse.facts.registry import Period, Question, all_facts, fact, register
from lotse.facts.results import evaluate
from lotse.programmes.models import Programme
from tests.factories import casework as make

YEAR = Period(make.days_ago(360), make.days_ago(0))


def ask(world, by=None, period=YEAR, **more):
    actor = by or world.counsellor.actor
    return Question(actor, period, **{"own": bool(actor.file_holder_ids), **more})


def count(world, key, by=None, period=YEAR, leaves_house=False, **more):
    return evaluate([fact(key)], ask(world, by, period, **more), leaves_house=leaves_house)[0]


def shown(result):
    return {cell.key: cell.count for cell in result.recorded}


def test_every_figure_counts_nothing_from_nothing(world):
    asked = [ask(world), ask(world, own=False), ask(world, world.carrier_manager.actor)]  # money is for who keeps funds
    results = [result for question in asked for result in evaluate(all_facts(), question)]
    there = {"partners.coverage": 1, "quality.deputies": 2}  # sites and counsellors of the house, which are there
    assert {r.fact.key: r.total.count for r in results} == {f.key: 0 for f in all_facts()} | there


def test_who_holds_every_file_sees_exact_numbers(world):
    make.case(world)

    result = count(world, "cases.movement")

    assert (shown(result), result.total.unseen) == ({"new": 1, "continuing": 0, "ended": 0}, 0)


def test_who_does_not_hold_them_sees_a_dot(world):
    make.case(world)

    result = count(world, "cases.movement", by=world.coordinator.actor)

    assert (shown(result), result.total.count, result.total.unseen) == (
        {"new": None, "continuing": None, "ended": None},
        None,
        None,
    )


def test_what_leaves_the_house_is_protected_for_everybody(world):
    make.case(world)
    assert shown(count(world, "cases.movement", leaves_house=True))["new"] is None


def test_a_counsellor_counts_her_own_carrier_only(world):
    make.case(world, by=world.outsider.actor)
    assert count(world, "cases.movement", own=False).total.count == 0
    assert count(world, "cases.movement", by=world.outsider.actor).total.count == 1


def test_the_district_counts_all_carriers_below(world):
    for number in range(4):
        make.case(world, client=make.person(world, last_name=f"Nord{number}"))
        outsider = world.outsider.actor
        make.case(world, client=make.person(world, by=outsider, last_name=f"Süd{number}"), by=outsider)

    assert count(world, "cases.movement", by=world.coordinator.actor).total.count == 8


def test_missing_values_are_counted_apart(world):
    make.case(world, client=make.person(world, gender="w"))
    make.case(world, client=make.person(world, last_name="Ohne"))

    result = count(world, "cases.gender")

    assert (shown(result), result.missing.count, result.total.count) == ({"w": 1}, 1, 2)


@pytest.mark.rule("CL-20")
def test_plan_status_is_read_as_of_the_key_date(world):
    plan = make.plan(world, agreed=True)
    for days, value in ((8, PlanStatusValue.IN_IMPLEMENTATION), (2, PlanStatusValue.NO_FURTHER_NEED)):
        record_status(by=world.counsellor.actor, plan=plan, key_date=make.days_ago(days), value=value)

    past = count(world, "plans.status", period=Period(make.days_ago(60), make.days_ago(5)))
    now = count(world, "plans.status")

    assert {k for k, n in shown(past).items() if n} == {"in_implementation"}
    assert {k for k, n in shown(now).items() if n} == {"no_further_need"}


def test_age_and_stay_are_derived_at_the_key_date(world):
    make.case(world, client=make.person(world, birth_date=date(1990, 5, 1), entered_germany_on=make.days_ago(400)))

    assert {k for k, n in shown(count(world, "cases.stay")).items() if n} == {"1_to_2"}
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
    assert count(world, "cases.movement", period=later).total.count == 0


def test_ages_change_on_the_birthday(world):
    make.case(world, client=make.person(world, birth_date=date(2000, 2, 29)))

    def band(key_date):
        result = evaluate([fact("cases.age")], ask(world, period=Period(date(2026, 1, 1), key_date)))[0]
        return {c.key for c in result.cells if c.count}

    make_older = CounsellingCase.objects.update
    make_older(first_contact_on=date(2026, 1, 1))
    assert years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
    assert years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)
    assert (band(date(2027, 2, 27)), band(date(2027, 3, 1))) == ({"under_27"}, {"27_to_34"})


def test_all_case_figures_add_up_to_the_same_total(world):
    for number in range(3):
        make.case(world, client=make.person(world, last_name=f"N{number}", birth_date=date(1990, number + 1, 1)))

    results = [r for r in evaluate(all_facts(), ask(world)) if r.fact.population.key == "cases"]

    assert {r.fact.key: (sum(c.count for c in r.cells), r.total.count) for r in results} == {
        r.fact.key: (3, 3) for r in results
    }


def test_all_figures_cost_one_statement(world, django_assert_num_queries):
    make.case(world)
    question = ask(world, own=False)
    evaluate(all_facts(), question)  # by now it is known who asks
    with django_assert_num_queries(1):
        evaluate(all_facts(), question)


def test_a_figure_registered_twice_is_refused():
    with pytest.raises(ValueError, match=r"cases\.movement"):
        register(replace(fact("cases.movement"), title="Anders"))


def relative(world, client, **more):
    values = {"relation": "child", "name": "Ali", "is_co_advised": True, **more}
    return add_household_member(by=world.counsellor.actor, client=client, **values)


def test_co_advised_relatives_are_counted_apart_until_they_have_a_file_of_their_own(world):
    client = make.case(world).client
    son, wife = relative(world, client), relative(world, client, relation="partner")
    relative(world, client, is_co_advised=None)
    assert {k: n for k, n in shown(count(world, "relatives.co_advised")).items() if n} == {"child": 1, "partner": 1}

    link_own_file(by=world.counsellor.actor, member=son, other=make.person(world, first_name="Ali"))
    assert {k: n for k, n in shown(count(world, "relatives.co_advised")).items() if n} == {"partner": 1}
    assert [row.pk for row in rows_of_cell(fact("relatives.co_advised"), "partner", ask(world))] == [wife.pk]
    assert count(world, "relatives.co_advised", site_id=world.site.pk, programme_id=world.mbe.pk).total.count == 1
    assert count(world, "relatives.co_advised", site_id=world.far_site.pk).total.count == 0


def test_relatives_count_in_the_years_of_the_case_and_once(world):
    client = make.case(world).client
    make.decide(world, client, Act.JOINT)
    other = Programme.objects.create(code="jmd", name="Jugendmigrationsdienst")
    make.case(world, client=client, programme=other, consented=False)
    relative(world, client)

    assert count(world, "relatives.co_advised").total.count == 1
    before = Period(make.days_ago(900), make.days_ago(800))
    assert count(world, "relatives.co_advised", period=before).total.count == 0


def test_merged_person_counts_once(world):
    kept, gone = (make.case(world, client=make.person(world)) for _ in range(2))
    make.plan(world, of=kept)
    make.plan(world, of=gone)
    merge = merge_clients(by=world.counsellor.actor, survivor=kept.client, absorbed=gone.client)
    numbers = {key: count(world, key).total.count for key in ("cases.movement", "cases.gender", "plans.status")}
    assert numbers == {"cases.movement": 1, "cases.gender": 1, "plans.status": 1}

    undo_merge(by=world.counsellor.actor, merge=merge)
    assert count(world, "cases.movement").total.count == 2
