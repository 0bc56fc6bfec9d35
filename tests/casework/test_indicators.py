"""Each indicator on its smallest example: who is counted, into which cell, and when."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from lotse.casework.models import (
    Accommodation,
    Contact,
    CounsellingCase,
    CourseParticipation,
    HouseholdMember,
    OutcomeSheet,
    PlanStep,
    Referral,
    ResidenceStatus,
    SupportPlan,
)
from lotse.casework.outcome_template import CURRENT
from lotse.core.dates import months_before
from lotse.facts.actions import set_value
from lotse.facts.counting import rows_of_cell
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.partners.models import CooperationAgreement, Partner
from lotse.programmes.models import Programme
from tests.casework.test_outcomes import part_a
from tests.factories import casework as make
from tests.factories import cooperation

TODAY = timezone.localdate()
YEAR = Period(TODAY - timedelta(days=364), TODAY)
AGO = make.days_ago


def count(world, key, period=YEAR, by=None, **more):
    question = Question((by or world.counsellor).actor, period, own=True, **more)
    return evaluate([fact(key)], question)[0]


def cells(world, key, period=YEAR):
    """What is not zero, "" for not recorded."""
    result = count(world, key, period)
    assert count(world, key, period, by=world.technical_lead).cells == result.cells  # series joined, not looked up
    found = {cell.key: cell.count for cell in result.recorded if cell.count}
    return found | ({"": result.missing.count} if result.missing.count else {})


@pytest.fixture
def intman(world):
    return Programme.objects.create(code="intman", name="Integrationsmanagement", max_years=3)


@pytest.fixture
def managed(world, intman):
    return make.case(world, programme=intman)


@pytest.fixture
def advised(world):
    return make.case(world)


def wrote(case, on=TODAY, **answers):
    return OutcomeSheet.objects.create(
        organisation=case.organisation, client=case.client, case=case, recorded_on=on, template_version=CURRENT, answers=answers
    )  # fmt: skip


def status(case, key, since, until=None):
    return ResidenceStatus.objects.create(
        organisation=case.organisation, client=case.client, status=key, valid_from=since, valid_to=until
    )


def course(world, case, **more):
    made = make.course(world, of=case.client, kind=more.pop("kind", "bamf_integration"))
    CourseParticipation.objects.filter(pk=made.pk).update(**more)
    return made


def child(case, age_days, **more):
    return HouseholdMember.objects.create(
        organisation=case.organisation, client=case.client, relation="child", birth_date=TODAY - timedelta(days=age_days), **more
    )  # fmt: skip


# --- who is counted ----------------------------------------------------------------------------------------------
def test_persons_count_once_and_only_in_the_programme(world, managed, advised):
    CounsellingCase.objects.filter(pk=managed.pk).update(state="aborted", ended_on=AGO(10))
    again = make.case(world, client=managed.client, programme=managed.programme, consented=False)
    CounsellingCase.objects.filter(pk=again.pk).update(first_contact_on=AGO(5))

    assert count(world, "integration.employed").total.count == 1
    assert count(world, "counselling.contract").total.count == 1
    assert count(world, "situation.plan").total.count == 3


def test_a_share_leaves_out_who_was_not_asked(world, intman):
    for number, answer in enumerate((True, True, False, None)):
        case = make.case(world, client=make.person(world, last_name=f"N{number}"), programme=intman)
        if answer is not None:
            part_a(case, employed=answer)

    result = count(world, "integration.employed")

    assert (result.share.numerator, result.share.denominator, result.missing.count) == (2, 3, 1)
    assert result.share.percent == 67


def test_a_share_hides_with_its_numbers(world, managed):
    part_a(managed, employed=True)
    asked = Question(world.coordinator.actor, Period(date(TODAY.year, 1, 1), date(TODAY.year, 12, 31)))
    result = evaluate([fact("integration.employed")], asked)[0]
    assert (result.total.count, result.share) == (None, None)


def test_a_share_of_nobody_is_no_number(world, managed):
    result = count(world, "integration.employed")
    assert (result.share.denominator, result.share.percent) == (0, None)


# --- Integrationsmanagement ---------------------------------------------------------------------------------------
def test_what_is_said_counts_from_its_day_on(world, managed):
    wrote(managed, AGO(20), hobby="no", association="yes", livelihood="benefits")
    wrote(managed, AGO(5), hobby="yes", livelihood="family_work")
    before = Period(AGO(300), AGO(6))

    assert (cells(world, "integration.hobby", before), cells(world, "integration.hobby")) == ({"no": 1}, {"yes": 1})
    assert (cells(world, "integration.association", before), cells(world, "integration.association")) == (
        {"yes": 1},
        {"": 1},
    )
    assert (cells(world, "integration.own_income", before), cells(world, "integration.own_income")) == (
        {"no": 1},
        {"yes": 1},
    )


def test_settled_is_the_status_that_holds_on_the_day(world, managed):
    assert cells(world, "integration.settled") == {"": 1}
    status(managed, "ae_25_1", AGO(900))
    assert cells(world, "integration.settled") == {"no": 1}
    status(managed, "ne_26_3", AGO(3))
    assert cells(world, "integration.settled") == {"settled": 1}
    assert cells(world, "integration.settled", Period(AGO(300), AGO(4))) == {"no": 1}


def test_a_status_that_has_run_out_is_none(world, managed):
    status(managed, "ne_9", AGO(900), AGO(2))
    assert (cells(world, "integration.settled"), cells(world, "integration.settled", Period(AGO(300), AGO(2)))) == (
        {"": 1},
        {"settled": 1},
    )


def test_an_application_for_citizenship_counts_too(world, managed):
    status(managed, "ae_25_1", AGO(900))
    wrote(managed, citizenship=f"{AGO(4)}")
    assert cells(world, "integration.settled") == {"applied": 1}
    assert cells(world, "integration.settled", Period(AGO(300), AGO(5))) == {"no": 1}


def test_own_home_is_where_she_lives_on_the_day(world, managed):
    owner = {"organisation": managed.organisation, "client": managed.client}
    Accommodation.objects.create(kind="municipal_central", since=AGO(400), **owner)
    Accommodation.objects.create(kind="independent_decentral", since=AGO(4), **owner)
    assert (cells(world, "integration.housing"), cells(world, "integration.housing", Period(AGO(300), AGO(5)))) == (
        {"yes": 1},
        {"no": 1},
    )


def test_a_household_counts_once_and_works_if_anybody_does(world, managed, intman):
    wife = make.case(world, client=make.person(world, first_name="Ayla"), programme=intman)
    type(wife.client).objects.filter(pk=wife.client_id).update(household=managed.client.household_id)
    assert cells(world, "integration.households") == {"": 1}
    wrote(managed, AGO(9), livelihood="benefits")
    assert cells(world, "integration.households") == {"no": 1}
    wrote(wife, AGO(8), livelihood="work")
    assert cells(world, "integration.households") == {"yes": 1}
    wrote(wife, AGO(2), livelihood="none")
    assert cells(world, "integration.households") == {"no": 1}


def test_a_language_course_counts_from_the_level_of_the_house(world, managed):
    assert cells(world, "integration.language_course") == {"": 1}
    course(world, managed, began_on=AGO(25), finished_on=AGO(3), level_reached="a2")
    assert cells(world, "integration.language_course") == {"no": 1}
    set_value(by=world.technical_lead.actor, key="integration.language_level", value="a2", valid_from=AGO(2))
    assert cells(world, "integration.language_course") == {"yes": 1}
    assert cells(world, "integration.language_course", Period(AGO(300), AGO(4))) == {"no": 1}


def test_measures_count_in_the_last_months(world, managed):
    part_a(managed)
    assert cells(world, "integration.measures") == {"no": 1}
    made = course(world, managed, kind="esf_bamf", began_on=AGO(200), finished_on=AGO(100))
    assert cells(world, "integration.measures") == {"no": 1}
    set_value(by=world.technical_lead.actor, key="integration.measures_months", value="4", valid_from=AGO(2))
    assert cells(world, "integration.measures") == {"yes": 1}
    set_value(by=world.technical_lead.actor, key="integration.measures_least", value="2", valid_from=AGO(2))
    assert cells(world, "integration.measures") == {"no": 1}
    CourseParticipation.objects.filter(pk=made.pk).update(kind="other")
    assert cells(world, "integration.measures") == {"no": 1}


@pytest.mark.parametrize(("day", "months", "before"), [
    (date(2026, 5, 31), 3, date(2026, 2, 28)), (date(2028, 5, 31), 3, date(2028, 2, 29)), (date(2026, 1, 15), 1, date(2025, 12, 15)),
    (date(2026, 12, 31), 12, date(2025, 12, 31)), (date(2026, 3, 1), 3, date(2025, 12, 1)),
])  # fmt: skip
def test_months_before_keep_the_day_where_the_month_has_it(day, months, before):
    assert months_before(day, months) == before


def test_children_count_by_their_age_on_the_day(world, managed):
    child(managed, 700, attends="daycare")
    child(managed, 1500, attends="nothing")
    child(managed, 3000, attends="school")
    child(managed, 6200, attends="training", school_degree_on=AGO(100))
    child(managed, 7000, attends="school")
    child(managed, 3000, left_household_on=AGO(1))
    child(managed, 3000)

    assert cells(world, "integration.daycare_under_3") == {"yes": 1}
    assert cells(world, "integration.daycare_from_3") == {"no": 1}
    assert cells(world, "integration.school") == {"yes": 1, "": 1}
    assert cells(world, "integration.school_degree") == {"yes": 1}
    assert cells(world, "integration.daycare_households") == {"some": 1}


def test_a_child_goes_to_school_since_the_day_that_is_written(world, managed):
    child(managed, 3000, attends="school", attends_since=AGO(10))
    assert (cells(world, "integration.school"), cells(world, "integration.school", Period(AGO(300), AGO(11)))) == (
        {"yes": 1},
        {"": 1},
    )


# --- Migrationsberatung -------------------------------------------------------------------------------------------
def test_an_event_counts_in_the_period_of_its_day(world, advised):
    assert cells(world, "counselling.contract") == {"": 1}
    wrote(advised, contract=f"{AGO(10)}")
    assert cells(world, "counselling.contract") == {"yes": 1}
    assert cells(world, "counselling.contract", Period(AGO(9), TODAY)) == {"no": 1}
    assert cells(world, "counselling.contract", Period(AGO(20), AGO(10))) == {"yes": 1}
    assert cells(world, "counselling.applies") == {"no": 1}


@pytest.mark.parametrize(
    ("first", "last", "cell"), [("2", "4", "better"), ("3", "3", "same"), ("5", "1", "worse"), ("3", None, "")]
)
def test_steps_are_compared_before_and_after(world, advised, first, last, cell):
    answers = {"crisis_first": first} | ({"crisis_last": last} if last else {})
    wrote(advised, **answers)
    assert cells(world, "counselling.crisis") == {cell: 1}


def test_goals_are_reached_by_the_key_date(world, advised):
    plan = make.plan(world, of=advised)
    goal = make.goal(world, plan)
    steps = [make.step(world, goal) for _ in range(2)]
    assert cells(world, "counselling.goals_reached") == {"": 1}
    PlanStep.objects.filter(pk=steps[0].pk).update(achieved="yes", achieved_on=AGO(9))
    assert cells(world, "counselling.goals_reached") == {"all": 1}
    PlanStep.objects.filter(pk=steps[1].pk).update(achieved="no", achieved_on=AGO(4))
    assert cells(world, "counselling.goals_reached") == {"partly": 1}
    assert cells(world, "counselling.goals_reached", Period(AGO(100), AGO(5))) == {"all": 1}
    PlanStep.objects.filter(pk=steps[0].pk).update(achieved="no")
    assert cells(world, "counselling.goals_reached") == {"none": 1}


def test_courses_are_told_apart_and_counted_while_they_run(world, advised):
    course(world, advised, began_on=AGO(60), finished_on=AGO(30))
    assert cells(world, "counselling.integration_course") == {"yes": 1}
    assert cells(world, "counselling.other_course") == {"no": 1}
    assert cells(world, "counselling.integration_course", Period(AGO(29), TODAY)) == {"no": 1}
    assert cells(world, "counselling.course_completed") == {"yes": 1}
    assert cells(world, "counselling.course_completed", Period(AGO(29), TODAY)) == {"running": 1}


def test_dropouts_are_shared_among_courses_that_ended(world, advised):
    course(world, advised, began_on=AGO(60), finished_on=AGO(20))
    course(world, advised, began_on=AGO(60), dropped_out_on=AGO(10), dropout_reason="other")
    course(world, advised, began_on=AGO(60))
    assert cells(world, "counselling.dropouts") == {"finished": 1, "dropped_out": 1}
    assert count(world, "counselling.dropouts").share.percent == 50


def test_recognition_and_livelihood(world, advised):
    part_a(advised, school_recognition="no", occupation_recognition="yes")
    wrote(advised, livelihood="benefits")
    assert (cells(world, "counselling.recognised"), cells(world, "counselling.livelihood")) == ({"yes": 1}, {"yes": 1})


# --- who is advised -----------------------------------------------------------------------------------------------
def test_the_situation_at_first_and_now(world, advised):
    type(advised.client).objects.update(country_of_origin="sy", nationalities=["jp", "de"], entered_germany_on=AGO(800))
    first = part_a(
        advised, employed=False, school_degree=True, occupation_certificate=True, occupation_recognition="advising"
    )
    type(first).objects.filter(pk=first.pk).update(recorded_on=AGO(29))
    type(first).objects.create(
        organisation=advised.organisation, client=advised.client, case=advised, version=2, template_version=first.template_version,
        recorded_on=AGO(3), answers={"employed": True, "employment_extent": "minijob"}, agreement_on=first.agreement_on,
        recording_on=first.recording_on, competence_on=first.competence_on,
    )  # fmt: skip
    wrote(advised, AGO(20), livelihood="benefits")
    wrote(advised, AGO(2), livelihood="work_and_benefits")
    status(advised, "d_60a", AGO(700))

    expected = {
        "origin": "near_east", "nationality": "asia", "status": "tolerated", "school": "", "occupation": "",
        "work_first": "no", "work_last": "minijob", "livelihood_first": "benefits", "livelihood_last": "work_and_benefits",
        "integration_course": "none", "plan": "no", "referred": "no",
    }  # fmt: skip
    assert {key: cells(world, f"situation.{key}") for key in expected} == {k: {cell: 1} for k, cell in expected.items()}
    before = Period(AGO(300), AGO(4))
    assert (cells(world, "situation.school", before), cells(world, "situation.occupation", before)) == (
        {"yes": 1},
        {"pending": 1},
    )
    assert cells(world, "situation.end_reason") == {}


def test_the_end_counts_with_its_reason(world, advised):
    CounsellingCase.objects.update(state="aborted", ended_on=AGO(2), end_reason="moved")
    assert cells(world, "situation.end_reason") == {"moved": 1}
    assert cells(world, "situation.end_reason", Period(AGO(1), TODAY)) == {}


def test_a_referral_counts_when_it_was_sent(world, advised):
    make.sent(world, client=advised.client)
    assert cells(world, "situation.referred") == {"yes": 1}
    assert cells(world, "situation.referred", Period(AGO(100), AGO(1))) == {"no": 1}
    assert cells(world, "network.transfers") == {"sent": 1}


# --- opening ----------------------------------------------------------------------------------------------------
LONG_AGO = ("valid_from", "checked_on", "signed_on", "partner_signed_on")


def agreed(world, kind="opening", **more):
    made = cooperation.agreed(world, kind=kind, to=Partner.objects.first() or make.provider(world))
    CooperationAgreement.objects.filter(pk=made.pk).update(**dict.fromkeys(LONG_AGO, AGO(100)) | more)
    return made


def test_agreements_count_while_they_hold(world):
    agreed(world)
    agreed(world, valid_to=AGO(30))
    agreed(world, ended_on=AGO(50), end_reason="done")
    agreed(world, ended_on=AGO(10), end_reason="revised")
    agreed(world, kind="joint_measure")
    cooperation.agreed(world, kind="opening", to=Partner.objects.first() or make.provider(world), signed=False)

    assert cells(world, "network.agreements") == {"in_force": 1, "over": 2}
    assert cells(world, "network.agreements", Period(AGO(40), AGO(20))) == {"in_force": 2, "over": 1}
    assert cells(world, "network.agreements", Period(AGO(400), AGO(101))) == {}
    assert cells(world, "network.joint_measures") == {"in_force": 1}


def test_an_agreement_is_about_nobody_and_at_no_place(world):
    made = agreed(world)
    question = Question(world.coordinator.actor, YEAR)
    (result,) = evaluate([fact("network.agreements")], question, leaves_house=True)
    assert (result.total.count, result.cell("in_force").count) == (1, 1)
    assert evaluate([fact("network.agreements")], Question(world.coordinator.actor, YEAR, site_id=world.site.pk)) == []
    own = Question(world.counsellor.actor, YEAR, own=True)
    line = result.fact.population.line(rows_of_cell(fact("network.agreements"), "in_force", own).get())
    assert (line.what, line.place, line.url) == (
        "Begleitung im Kurs", made.partner.name, f"/partner/{made.partner.public_id}/vereinbarungen/{made.public_id}/",
    )  # fmt: skip
    assert not rows_of_cell(fact("network.agreements"), "in_force", Question(world.outsider.actor, YEAR)).exists()


def test_referrals_are_divided_once(world, advised):
    """A second division of the same rows would give away what the first one hides."""
    ours, theirs = fact("network.transfers"), fact("referrals.outcome")
    assert (ours.population, ours.keys) == (theirs.population, theirs.keys)


def test_a_share_of_transfers_leaves_out_what_is_under_way(world, advised):
    partner = make.partner(world)
    for state in ("accepted", "cancelled", "accepted"):
        Referral.objects.filter(pk=make.sent(world, client=advised.client, to=partner).pk).update(
            state=state, ended_at=timezone.now()
        )
    make.sent(world, client=advised.client, to=partner)
    share = count(world, "network.transfers").share
    assert (share.numerator, share.denominator) == (2, 3)


# --- quality ------------------------------------------------------------------------------------------------------
def test_what_is_written_within_the_days_of_the_house_is_in_time(world, advised):
    from lotse.casework.actions.contacts import record_contact

    record_contact(by=world.counsellor.actor, case=advised, on=AGO(4), channel="phone", topics=["housing"])
    assert cells(world, "quality.entered") == {"late": 1}
    Contact.objects.update(on=AGO(3))
    assert cells(world, "quality.entered") == {"in_time": 1}


def test_a_plan_is_handed_out_and_signed(world, advised):
    make.plan(world, of=advised, agreed=True)
    assert (cells(world, "quality.handed_out"), cells(world, "quality.signed")) == ({"no": 1}, {"no": 1})
    SupportPlan.objects.update(handed_out_on=AGO(3), handed_out_language="tr", signed_on=AGO(2))
    assert (cells(world, "quality.handed_out"), cells(world, "quality.signed")) == ({"yes": 1}, {"yes": 1})
    assert cells(world, "quality.signed", Period(AGO(100), AGO(3))) == {"no": 1}


def test_files_are_whole_or_not(world, advised):
    assert cells(world, "quality.first_contact") == {"partly": 1}
    assert cells(world, "quality.steering") == {"nothing": 1}
    make.plan(world, of=advised, agreed=True)
    assert cells(world, "quality.steering") == {"partly": 1}
    assert cells(world, "quality.evaluated") == {}


def test_a_deviation_has_its_reason(world, advised):
    step = make.step(world, make.goal(world, make.plan(world, of=advised)))
    PlanStep.objects.update(achieved="partly", achieved_on=AGO(4))
    assert cells(world, "quality.deviation") == {"no": 1}
    step = PlanStep.objects.get(pk=step.pk)
    step.deviation_reason = "Der Kurs fiel aus."
    step.save()
    assert cells(world, "quality.deviation") == {"yes": 1}
    PlanStep.objects.update(achieved="yes")
    assert cells(world, "quality.deviation") == {}
    question = Question(world.counsellor.actor, YEAR, own=True)
    assert not rows_of_cell(fact("quality.deviation"), "yes", question).exists()
