"""The deadlines of model.md §9.3 and their traps; what follows from them for whom; and how they change."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.correspondence.models import OutgoingMail
from lotse.programmes import rules
from lotse.programmes.actions.due import follow_rules, make_deadlines_ahead
from lotse.programmes.actions.grants import add_agencies, begin_grant, change_grant, remove_agency
from lotse.programmes.actions.rules import add_rule, change_rule, end_rule
from lotse.programmes.enums import Bearer
from lotse.programmes.enums import ObligationState as State
from lotse.programmes.models import DeadlineRule, Grant, Obligation, Programme
from lotse.programmes.models.deadlines import Days
from lotse.programmes.packaged import rule_set
from lotse.programmes.queries.due import deviations, due_until, missing
from tests.factories.agencies import YEAR
from tests.factories.deadlines import grant_of, rule_of

TODAY = date(2026, 3, 2)
ALL = {
    "application", "controlling", "report", "interim_proof", "analysis", "task_plan", "final_proof", "need_report",
}  # fmt: skip


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: TODAY)


@pytest.fixture
def begin(world, house):
    """Begins a grant for 2026 and 2027 as the coordination does."""
    programme = Programme.objects.create(code="ia", name="Integrationsagentur")

    def act(by=None, **more):
        values = {
            "name": "Phase", "first_year": 2026, "last_year": 2027, "rules_from": date(2025, 1, 1),
            "agencies": [house.agency, house.far_agency], "organisation": world.district, "programme": programme,
        }  # fmt: skip
        return begin_grant(by=by or world.coordinator.actor, **{**values, **more})

    return act


def lines(first=2026, last=2027):
    """The packaged lines as rules for a phase, by document; not saved."""
    made = rule_set("ia").columns_for(range(first, last + 1))
    return {c["document"]: DeadlineRule(valid_from=date(2020, 1, 1), **c) for c in made}


def due_years(rule, start=2024, end=2031):
    return {year: year - rule.offset_years for year in range(start, end) if rule.falls_due_in(year)}


# --- the table and its traps -----------------------------------------------------------------------------------------
@pytest.mark.rule("FU-04")
def test_the_packaged_table_is_whole_and_marked_as_an_example():
    found = rule_set("ia")
    table = {line.document: (line.internal, line.external, line.bearer) for line in found.lines}
    spring, autumn = ((4, 30), (6, 30)), ((11, 15), (11, 15))
    assert (found.version, found.is_example) == ("2020", True)
    assert table == {
        "application": ((10, 30), (11, 30), Bearer.CARRIER), "controlling": (*spring, Bearer.AGENCY),
        "report": (*spring, Bearer.AGENCY), "interim_proof": (*spring, Bearer.CARRIER),
        "analysis": (*autumn, Bearer.AGENCY), "task_plan": (*autumn, Bearer.AGENCY),
        "final_proof": (*spring, Bearer.CARRIER), "need_report": ((9, 30), None, Bearer.CARRIER),
    }  # fmt: skip


def test_a_programme_without_packaged_deadlines_has_none():
    assert rule_set("mbe") is None


@pytest.mark.rule("FU-04")
def test_the_proof_of_the_first_year_is_due_in_the_year_after_it():
    assert due_years(lines()["interim_proof"], end=2028) == {2025: 2024, 2027: 2026}
    assert lines()["interim_proof"].days_in(2027) == Days(date(2027, 4, 30), date(2027, 6, 30))


@pytest.mark.rule("FU-04")
def test_the_proof_of_the_second_year_is_due_in_the_year_after_that():
    assert due_years(lines()["final_proof"], start=2027, end=2029) == {2028: 2027}


def test_a_phase_of_one_year_has_no_proof_in_between():
    assert set(lines(2026, 2026)) == ALL - {"interim_proof"}


@pytest.mark.rule("FU-04")
def test_where_the_authority_asks_for_nothing_there_is_no_day():
    assert lines()["need_report"].days_in(2026) == Days(date(2026, 9, 30), None)


@pytest.mark.rule("FU-04")
@pytest.mark.parametrize("document", ["analysis", "task_plan"])
def test_analysis_and_plan_have_the_same_day_inside_and_outside(document):
    days = lines()[document].days_in(2027)
    assert days.internal == days.external == date(2027, 11, 15)


@pytest.mark.rule("FU-04")
def test_analysis_and_plan_lie_between_the_two_days_of_the_application():
    application = lines()["application"].days_in(2027)
    for document in ("analysis", "task_plan"):
        days = lines()[document].days_in(2027)
        assert application.internal < days.internal < application.external


@pytest.mark.rule("FU-04")
@pytest.mark.parametrize("document", ["application", "analysis"])
def test_the_application_is_due_in_odd_years_for_the_year_after(document):
    assert due_years(lines()[document]) == {2025: 2026, 2027: 2028, 2029: 2030}


def test_the_anchor_counts_backwards_too():
    rule = lines()["application"]
    assert [rule.is_turn_of(year) for year in (2018, 2019, 2021)] == [False, True, True]


@pytest.mark.rule("FU-04")
def test_a_day_on_a_weekend_is_not_moved():
    days = lines()["analysis"].days_in(2026)
    assert (days.internal, days.internal.weekday()) == (date(2026, 11, 15), 6)


def test_a_house_may_be_warned_earlier():
    rule = lines()["analysis"]
    rule.warn_month, rule.warn_day = 10, 15
    assert rule.days_in(2027).warn == date(2027, 10, 15)


@pytest.mark.rule("FU-04")
@pytest.mark.parametrize(
    ("funding_year", "due_year", "expected"),
    [(2026, 2025, True), (2027, 2028, True), (2028, 2027, True), (2025, 2026, False), (2028, 2029, False)],
)
def test_owed_is_what_the_years_ask_for_and_what_falls_due_while_they_run(funding_year, due_year, expected):
    assert rules.is_owed(Grant(first_year=2026, last_year=2027), funding_year, due_year) == expected


@pytest.mark.rule("FU-04")
def test_in_time_is_the_day_itself_at_the_latest():
    due = date(2026, 4, 30)
    assert [rules.is_done_in_time(d, due) for d in (due, due + timedelta(days=1), None)] == [True, False, False]


# --- made ahead ------------------------------------------------------------------------------------------------------
def owed():
    return {(str(o.bearer), o.document, o.funding_year) for o in Obligation.objects.select_related("bearer")}


def test_a_grant_begins_with_its_deadlines_and_what_they_ask_for(world, house, begin):
    made = begin(rules_from=TODAY)
    assert {rule.document for rule in made.deadline_rules.all()} == ALL
    of_agency = {(d, y) for who, d, y in owed() if who == str(house.agency)}
    of_carrier = {(d, y) for who, d, y in owed() if who == str(world.nordstadt)}
    assert of_agency == {("task_plan", 2027), ("report", 2026), ("controlling", 2026)}
    assert of_carrier == {("need_report", 2026), ("interim_proof", 2026)}


def test_what_was_due_before_the_rules_begin_is_nobodys_debt(begin):
    begin(rules_from=TODAY)
    assert not Obligation.objects.filter(internal_due__lt=TODAY).exists()


def test_a_carrier_with_two_agencies_owes_its_part_once(world, house, begin):
    begin(agencies=[house.agency, house.second_agency()])
    assert Obligation.objects.filter(document="interim_proof").count() == 1
    assert Obligation.objects.filter(document="report").count() == 2


def test_the_district_may_owe_something_itself(world, house):
    rule_of(grant_of(house), bearer=Bearer.DISTRICT)
    make_deadlines_ahead()
    assert {who for who, _document, _year in owed()} == {str(world.district)}


def test_the_worker_makes_what_comes_into_reach_and_nothing_twice(begin, monkeypatch):
    begin(rules_from=TODAY)
    before = Obligation.objects.count()
    assert make_deadlines_ahead() == 0
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: date(2026, 6, 1))
    # the next application and analysis, a year and a half ahead: two carriers; plan and analysis of two agencies
    assert make_deadlines_ahead() == 2 + 4 + 2
    assert Obligation.objects.count() == before + 8


def test_an_agency_that_is_closed_by_then_owes_nothing(house, begin):
    house.agency.valid_to = date(2026, 12, 31)
    house.agency.save()
    begin(rules_from=TODAY)
    of_agency = {(d, y) for who, d, y in owed() if who == str(house.agency)}
    assert of_agency == {("task_plan", 2027)}


def test_an_agency_that_comes_later_owes_what_is_still_due(world, house, begin):
    made = begin(agencies=[house.agency], rules_from=TODAY)
    assert add_agencies(by=world.coordinator.actor, grant=made, agencies=[house.far_agency]) == 5
    assert add_agencies(by=world.coordinator.actor, grant=made, agencies=[house.far_agency]) == 0


def test_the_years_of_the_next_grant_are_left_to_it(begin):
    first = begin()
    keys = {key[1:] for key in due_until(first, date(2027, 12, 31))}
    assert ("application", 2028) in keys
    begin(name="Nächste Phase", first_year=2028, last_year=2029, rules_from=date(2028, 1, 1))
    assert ("application", 2028) not in {key[1:] for key in due_until(first, date(2027, 12, 31))}


def test_only_the_coordination_begins_and_changes_a_grant(world, begin):
    for name in ("worker", "carrier_manager"):
        with pytest.raises(NotAllowed):
            begin(by=world.personas[name].actor)
    made = begin()
    with pytest.raises(NotAllowed):
        change_grant(by=world.worker.actor, grant=made, reference="36.1")
    assert change_grant(by=world.coordinator.actor, grant=made, reference="36.1").reference == "36.1"


def test_a_phase_is_not_endless(begin):
    with pytest.raises(ValidationError, match="höchstens 10"):
        begin(last_year=2036)


def test_what_an_agency_owes_stays_when_it_leaves_the_grant(world, house, begin):
    made = begin(rules_from=TODAY)
    remove_agency(by=world.coordinator.actor, grant_agency=made.agencies.get(agency=house.agency))
    assert Obligation.objects.filter(bearer=house.agency).open().count() == 3


# --- changed from a day on -------------------------------------------------------------------------------------------
@pytest.fixture
def made(begin):
    return begin(rules_from=TODAY)


def report_rule(grant):
    return grant.deadline_rules.get(document="report")


def test_a_changed_rule_is_a_new_row_and_the_old_one_stays(world, made):
    new = change_rule(
        by=world.coordinator.actor,
        rule=report_rule(made),
        valid_from=date(2027, 1, 1),
        internal_month=3,
        internal_day=31,
    )
    old = made.deadline_rules.get(document="report", valid_to=date(2026, 12, 31))
    assert (old.internal_month, new.internal_month, new.external_month, new.is_example) == (4, 3, 6, False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"internal_month": 2, "internal_day": 29}, "internal_day"),
        ({"external_month": 4, "external_day": 1}, "external_day"),
        ({"warn_month": 5, "warn_day": 1}, "warn_day"),
        ({"external_day": None}, "__all__"),
        ({"every_years": 0}, "__all__"),
    ],
)
def test_days_that_cannot_be_are_refused(world, made, changes, field):
    with pytest.raises(ValidationError) as refused:
        change_rule(by=world.coordinator.actor, rule=report_rule(made), valid_from=date(2027, 1, 1), **changes)
    assert set(refused.value.message_dict) == {field}


@pytest.mark.parametrize(
    ("month", "day", "valid_from", "words"),
    [
        (3, 31, date(2027, 4, 15), "gar keine"),
        (9, 30, date(2027, 5, 15), "zwei"),
        (3, 31, date(2026, 1, 1), "gilt erst ab"),
    ],
)
def test_a_change_leaves_no_year_without_a_deadline_and_none_with_two(world, made, month, day, valid_from, words):
    with pytest.raises(ValidationError, match=words):
        change_rule(
            by=world.coordinator.actor, rule=report_rule(made), valid_from=valid_from, internal_month=month,
            internal_day=day, external_month=12, external_day=1,
        )  # fmt: skip


def test_open_deadlines_move_by_a_step_of_their_own_and_those_concerned_are_told(world, house, made):
    world.worker.person.email = "worker@agentur.example"
    world.worker.person.save()
    change_rule(
        by=world.coordinator.actor,
        rule=report_rule(made),
        valid_from=date(2027, 1, 1),
        internal_month=3,
        internal_day=31,
    )
    row = Obligation.objects.get(bearer=house.agency, document="report")
    assert (row.internal_due, len(deviations(made, TODAY))) == (date(2027, 4, 30), 2)
    assert follow_rules(by=world.coordinator.actor, grant=made) == 2
    row.refresh_from_db()
    assert (row.internal_due, deviations(made, TODAY)) == (date(2027, 3, 31), [])
    log = Event.objects.get(key="grant.deadlines_moved", object_ref=row.public_id)
    assert log.details == {"before": ["2027-04-30", "2027-06-30", None], "after": ["2027-03-31", "2027-06-30", None]}
    told = [m for m in OutgoingMail.objects.all() if m.recipient == "worker@agentur.example"]
    assert [("Sachbericht 2026 ist jetzt am 31. März 2027 fällig" in m.body) for m in told] == [True]


def test_only_the_coordination_lets_deadlines_follow(world, made):
    with pytest.raises(NotAllowed):
        follow_rules(by=world.worker.actor, grant=made)


def test_what_is_handed_over_already_does_not_move(world, house, made):
    Obligation.objects.filter(document="report").update(state=State.SUBMITTED_EXTERNAL, sent_on=TODAY)
    end_rule(by=world.coordinator.actor, rule=report_rule(made), on=TODAY)
    assert deviations(made, TODAY) == []


def test_a_rule_that_ended_drops_what_it_would_have_asked_for(world, made):
    end_rule(by=world.coordinator.actor, rule=report_rule(made), on=TODAY)
    assert follow_rules(by=world.coordinator.actor, grant=made) == 2
    assert set(Obligation.objects.filter(document="report").values_list("state", flat=True)) == {State.DROPPED}
    with pytest.raises(ValidationError, match="schon beendet"):
        end_rule(by=world.coordinator.actor, rule=report_rule(made), on=TODAY)


def test_what_a_rule_dropped_comes_back_when_one_asks_again(world, made):
    rule, by = report_rule(made), world.coordinator.actor
    end_rule(by=by, rule=rule, on=TODAY)
    follow_rules(by=by, grant=made)
    add_rule(
        by=by, grant=made, name="Sachbericht", bearer=Bearer.AGENCY, anchor_year=2026, offset_years=1, internal_month=5,
        internal_day=31, valid_from=TODAY + timedelta(days=1),
    )  # fmt: skip
    assert follow_rules(by=by, grant=made) == 2
    rows = Obligation.objects.filter(document="report").values_list("state", "internal_due", "external_due")
    assert set(rows) == {(State.UPCOMING, date(2027, 5, 31), None)}


def test_a_day_that_moves_out_of_reach_is_moved_and_not_dropped(world, made):
    rule, by = report_rule(made), world.coordinator.actor
    change_rule(
        by=by,
        rule=rule,
        valid_from=date(2027, 1, 1),
        internal_month=10,
        internal_day=1,
        external_month=None,
        external_day=None,
    )
    follow_rules(by=by, grant=made)
    rows = Obligation.objects.filter(document="report").values_list("state", "internal_due")
    assert set(rows) == {(State.UPCOMING, date(2027, 10, 1))}


def test_what_is_late_stays_owed_when_its_rule_ends(house, world):
    rule = rule_of(grant_of(house), offset_years=0, internal_month=2, internal_day=1)
    make_deadlines_ahead()
    Obligation.objects.update(internal_due=date(2026, 2, 1))
    end_rule(by=world.coordinator.actor, rule=rule, on=date(2025, 12, 31))
    late = Obligation.objects.filter(internal_due__lt=TODAY)
    assert [row.obligation for row in deviations(rule.grant, TODAY)] == list(
        Obligation.objects.exclude(pk__in=late.values("pk"))
    )


def test_the_next_grant_takes_over_what_the_one_before_had_begun(world, begin, monkeypatch):
    first = begin()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: date(2027, 2, 1))
    make_deadlines_ahead()
    second = begin(name="Nächste", first_year=2028, last_year=2029, rules_from=date(2027, 2, 1))
    day = date(2027, 2, 1)
    assert (deviations(first, day), deviations(second, day)) == ([], [])
    rule = second.deadline_rules.get(document="application")
    change_rule(by=world.coordinator.actor, rule=rule, valid_from=date(2027, 3, 1), internal_month=10, internal_day=15)
    assert {row.obligation.document for row in deviations(second, day)} == {"application"}
    follow_rules(by=world.coordinator.actor, grant=second)
    assert {o.rule.grant for o in Obligation.objects.filter(document="application", funding_year=2028)} == {second}


def test_a_new_rule_asks_at_once(world, made):
    add_rule(
        by=world.coordinator.actor, grant=made, document="list", name="Belegliste", bearer=Bearer.CARRIER, anchor_year=YEAR,
        internal_month=7, internal_day=1, valid_from=TODAY,
    )  # fmt: skip
    assert Obligation.objects.filter(document="list", internal_due=date(2026, 7, 1)).count() == 2
    assert missing(made, TODAY) == []
