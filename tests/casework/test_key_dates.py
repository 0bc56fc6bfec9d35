"""Key dates against a slow reference in plain Python: whatever the days, the statement says what a careful person would."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lotse.casework.facts import AGES, STAYS
from lotse.casework.indicators.situation import GROUPS
from lotse.casework.models import (
    Client,
    CounsellingCase,
    GermanLevel,
    HouseholdMember,
    PartA,
    PlanStatus,
    ResidenceStatus,
    SupportPlan,
)
from lotse.catalogues.loader import catalogue
from lotse.core.dates import full_months, full_years
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.programmes.models import Programme
from tests.factories import casework as make

FIRST, LAST = date(2019, 1, 1), date(2029, 12, 31)
SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
near_leap = st.sampled_from([date(2020, 2, 29), date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2027, 2, 28), date(2028, 2, 29)])  # fmt: skip
days = near_leap | st.dates(FIRST, LAST)
births = (
    st.none()
    | st.sampled_from([date(2000, 2, 29), date(2004, 2, 29), date(2001, 3, 1)])
    | st.dates(date(1930, 1, 1), LAST)
)
LEVELS, STATUSES = ("a1", "b1", "c2"), ("ne_9", "d_60a", "ae_25_1", "german")
STATES = ("in_implementation", "departed", "no_further_need")


def series(values):
    return st.lists(st.tuples(days, st.sampled_from(values)), max_size=4, unique_by=lambda pair: pair[0])


# --- the reference --------------------------------------------------------------------------------------------------
def years_by_counting(since, day):
    """Birthdays that have come; on 29 February of a year without one, the birthday is 1 March."""
    count = 0
    for year in range(since.year + 1, day.year + 1):
        try:
            birthday = since.replace(year=year)
        except ValueError:
            birthday = date(year, 3, 1)
        count += birthday <= day
    return count


def months_by_counting(since, day):
    """Months whose day of the month has come, where it is missing the first of the next."""
    count, year, month = 0, since.year, since.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        try:
            due = date(year, month, since.day)
        except ValueError:
            due = date(year + month // 12, month % 12 + 1, 1)
        if due > day:
            return count
        count += 1


def band(bands, since, day):
    if since is None or since > day:
        return ""
    years = years_by_counting(since, day)
    return next(key for key, _words, below in bands if below is None or years < below)


def newest(rows, day):
    known = [row for row in rows if row[0] <= day]
    return max(known, key=lambda row: row[0]) if known else None


def status_group(rows, day):
    """The newest that has begun, unless it has run out."""
    found = newest(rows, day)
    if found is None or (found[2] and found[2] < day):
        return ""
    group = catalogue("residence_status").entries[found[1]].group
    return next(key for key, words in GROUPS.items() if words == group)


# --- the data -------------------------------------------------------------------------------------------------------
@pytest.fixture
def case(world):
    Programme.objects.create(code="intman", name="Integrationsmanagement")
    made = make.case(world, programme=Programme.objects.get(code="intman"))
    make.plan(world, of=made)
    CounsellingCase.objects.update(first_contact_on=FIRST)
    SupportPlan.objects.update(drafted_on=FIRST)
    return made


def counted(world, day, *keys):
    """The cell into which the only row falls, by figure; None where it is not counted at all."""
    few, many = (
        [
            next((c.key for c in r.recorded if c.count), "" if r.missing.count else None)
            for r in evaluate([fact(k) for k in keys], Question(by.actor, Period(FIRST, day), own=True))
        ]
        for by in (world.counsellor, world.technical_lead)  # series are looked up for her, and joined for her
    )
    assert few == many
    return few


def owner(case):
    return {"organisation": case.organisation, "client": case.client}


def fill(model, rows):
    model._base_manager.all().delete()
    model._base_manager.bulk_create(rows)


@SLOW
@given(births, st.none() | days, days)
@example(date(2004, 2, 29), date(2024, 2, 29), date(2027, 2, 28))
@example(date(2004, 2, 29), date(2024, 2, 29), date(2027, 3, 1))
@example(date(2001, 2, 28), date(2020, 2, 29), date(2028, 2, 29))
@example(date(2000, 2, 29), None, date(2028, 2, 29))
def test_age_and_stay_on_the_key_date(world, case, born, entered, day):
    if born and entered and entered < born:
        entered = born
    Client.objects.update(birth_date=born, entered_germany_on=entered)
    assert counted(world, day, "cases.age", "cases.stay") == [
        band(AGES, born, day), band(STAYS, entered, day),
    ]  # fmt: skip


@given(st.dates(date(1930, 1, 1), LAST), st.integers(0, 30_000))
def test_full_years_and_months_are_those_that_one_counts(since, later):
    day = since + timedelta(days=later)
    assert (full_years(since, day), full_months(since, day)) == (
        years_by_counting(since, day),
        months_by_counting(since, day),
    )


@SLOW
@given(series(LEVELS), series(STATES), days)
def test_level_and_state_of_the_plan_are_the_last_ones_by_then(world, case, levels, states, day):
    plan = SupportPlan.objects.get()
    fill(GermanLevel, [GermanLevel(level=key, assessed_on=on, **owner(case)) for on, key in levels])
    fill(PlanStatus, [PlanStatus(plan=plan, value=key, key_date=on, **owner(case)) for on, key in states])
    then, first = newest(levels, day), min(levels, default=None)
    assert counted(world, day, "cases.level_last", "cases.level_first", "plans.status") == [
        then[1] if then else "", first[1] if first and first[0] <= day else "", (newest(states, day) or ("", ""))[1],
    ]  # fmt: skip


@SLOW
@given(
    st.lists(
        st.tuples(days, st.sampled_from(STATUSES), st.none() | st.integers(0, 900)),
        max_size=4,
        unique_by=lambda r: r[0],
    ),
    days,
)
def test_residence_status_is_the_one_that_holds(world, case, drawn, day):
    rows = [(on, key, on + timedelta(days=length) if length is not None else None) for on, key, length in drawn]
    fill(ResidenceStatus, [ResidenceStatus(status=k, valid_from=a, valid_to=b, **owner(case)) for a, k, b in rows])
    assert counted(world, day, "situation.status") == [status_group(rows, day)]


@SLOW
@given(st.lists(st.tuples(days, st.sampled_from([True, False, None])), max_size=4, unique_by=lambda r: r[0]), days)
def test_the_record_of_competences_is_the_version_of_the_day(world, case, versions, day):
    acts = dict.fromkeys(("agreement_on", "recording_on", "competence_on"), FIRST)
    fill(PartA, [
        PartA(case=case, version=n, recorded_on=on, answers={} if said is None else {"employed": said}, **acts, **owner(case))
        for n, (on, said) in enumerate(sorted(versions, key=lambda row: row[0]), 1)
    ])  # fmt: skip
    then = newest(versions, day)
    said = {True: "yes", False: "no", None: ""}[then[1] if then else None]
    assert counted(world, day, "integration.employed") == [said]


@SLOW
@given(births, st.none() | days, days)
@example(date(2004, 2, 29), None, date(2020, 2, 29))
@example(date(2008, 2, 29), None, date(2024, 2, 28))
@example(date(2018, 2, 28), None, date(2024, 2, 29))
def test_a_child_is_of_school_age_while_it_lives_at_home(world, case, born, left, day):
    fill(
        HouseholdMember,
        [HouseholdMember(relation="child", birth_date=born, left_household_on=left, attends="school", **owner(case))],
    )
    is_home = left is None or left > day
    age = years_by_counting(born, day) if born and born <= day else None
    wanted = "yes" if is_home and age is not None and 6 <= age < 16 else None
    assert counted(world, day, "integration.school") == [wanted]
