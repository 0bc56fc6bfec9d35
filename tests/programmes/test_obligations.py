"""The way of what is owed: who hands in, who checks and sends, and what does not go."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.programmes import rules
from lotse.programmes.actions import obligations as acts
from lotse.programmes.enums import Bearer
from lotse.programmes.enums import ObligationState as State
from lotse.programmes.models import Obligation
from tests.factories.agencies import YEAR
from tests.factories.deadlines import grant_of, owed_by, rule_of

STEPS = {
    State.SUBMITTED_INTERNAL: acts.hand_in_obligation,
    State.CHECKED: acts.check_obligation,
    State.SUBMITTED_EXTERNAL: acts.send_obligation,
    State.ACCEPTED: acts.accept_obligation,
    State.REWORK: acts.return_obligation,
}


@pytest.fixture
def report(house):
    return owed_by(house.agency, rule_of(grant_of(house)))


def today():
    return timezone.localdate()


def test_the_way_leads_from_the_agency_over_the_coordination_to_the_authority(world, report):
    day = today()
    acts.hand_in_obligation(by=world.worker.actor, obligation=report, on=day)
    for step in (acts.check_obligation, acts.send_obligation, acts.accept_obligation):
        done = step(by=world.coordinator.actor, obligation=report, on=day)
    assert (done.state, done.submitted_on, done.checked_on, done.sent_on, done.accepted_on) == (
        State.ACCEPTED, day, day, day, day,
    )  # fmt: skip


@pytest.mark.rule("FU-03")
@pytest.mark.parametrize("step", list(STEPS)[1:], ids=str)
def test_only_the_coordination_checks_and_sends(world, report, step):
    for name in ("worker", "carrier_manager", "far_worker"):
        with pytest.raises(NotAllowed):
            STEPS[step](by=world.personas[name].actor, obligation=report, on=today())


@pytest.mark.rule("FU-03")
def test_the_coordination_is_who_releases_for_the_branch(world, house):
    able = {name for name, p in world.personas.items() if p.person and rules.coordinates(p.actor, house.agency)}
    assert able == {"coordinator"}


@pytest.mark.rule("FU-04")
def test_what_an_agency_owes_is_handed_in_by_it_or_noted_by_the_coordination(world, house):
    able = {name for name, p in world.personas.items() if p.person and rules.hands_in(p.actor, house.agency)}
    assert able == {"worker", "specialist", "coordinator"}


@pytest.mark.rule("FU-04")
def test_what_a_carrier_owes_is_handed_in_by_its_own_house(world, house):
    able = {name for name, p in world.personas.items() if p.person and rules.hands_in(p.actor, world.nordstadt)}
    assert able == {"specialist", "carrier_manager", "coordinator"}


@pytest.mark.rule("FU-04")
def test_deadlines_are_there_for_agencies_and_who_oversees_them(world, house):
    inside = {name for name, p in world.personas.items() if p.person and rules.enters_deadlines(p.actor)}
    assert inside == {"worker", "far_worker", "specialist", "carrier_manager", "coordinator"}


@pytest.mark.parametrize("to", list(STEPS), ids=str)
@pytest.mark.parametrize("state", list(State), ids=str)
def test_a_step_goes_from_where_it_belongs_only(world, report, state, to):
    Obligation.objects.filter(pk=report.pk).update(state=state, sent_on=today())
    if state in acts.BEFORE[to]:
        assert STEPS[to](by=world.coordinator.actor, obligation=report, on=today()).state == to
    else:
        with pytest.raises(ValidationError, match="Stand ist"):
            STEPS[to](by=world.coordinator.actor, obligation=report, on=today())


def test_nothing_is_handed_in_tomorrow(world, report):
    with pytest.raises(ValidationError, match="Zukunft"):
        acts.hand_in_obligation(by=world.worker.actor, obligation=report, on=today() + timedelta(days=1))


def test_handed_in_again_it_counts_from_the_first_day(world, report):
    first = today() - timedelta(days=9)
    acts.hand_in_obligation(by=world.worker.actor, obligation=report, on=first)
    acts.return_obligation(by=world.coordinator.actor, obligation=report, on=today(), note="Seite 3 fehlt")
    again = acts.hand_in_obligation(by=world.worker.actor, obligation=report, on=today())
    assert (again.state, again.submitted_on, again.note) == (State.SUBMITTED_INTERNAL, first, "Seite 3 fehlt")


def test_where_the_authority_asks_for_nothing_the_check_is_the_end(world, house):
    rule = rule_of(grant_of(house), document="need_report", external_month=None, external_day=None)
    needs = owed_by(world.nordstadt, rule, state=State.SUBMITTED_INTERNAL)
    checked = acts.check_obligation(by=world.coordinator.actor, obligation=needs, on=today())
    assert not checked.is_open
    assert list(Obligation.objects.open()) == []
    with pytest.raises(ValidationError, match="nichts an die Behörde"):
        acts.send_obligation(by=world.coordinator.actor, obligation=needs, on=today())


@pytest.mark.parametrize("state", list(State), ids=str)
def test_what_is_open_is_the_same_for_a_row_and_for_all(house, state):
    made = owed_by(house.agency, rule_of(grant_of(house)), state=state, sent_on=today())
    assert made.is_open == Obligation.objects.open().exists()


def test_a_document_takes_its_deadline_along(world, house, report):
    one = {"bearer": house.agency, "document": "report", "funding_year": YEAR, "on": today()}
    acts.hand_in(by=world.worker.actor, **one)
    acts.check(by=world.coordinator.actor, **one)
    acts.send(by=world.coordinator.actor, **one)
    assert acts.ask_rework(by=world.coordinator.actor, **one).state == State.REWORK
    acts.hand_in(by=world.worker.actor, **one)
    assert acts.accept(by=world.coordinator.actor, **one).state == State.ACCEPTED


def test_a_document_that_was_ahead_of_its_deadline_pulls_it_along(world, house, report):
    sent = acts.send(by=world.coordinator.actor, bearer=house.agency, document="report", funding_year=YEAR, on=today())
    assert (sent.state, sent.submitted_on, sent.sent_on) == (State.SUBMITTED_EXTERNAL, today(), today())


@pytest.mark.parametrize("step", [acts.hand_in, acts.check, acts.send, acts.accept, acts.ask_rework])
def test_a_document_that_nobody_owes_is_no_matter(world, house, report, step):
    missing = {"bearer": house.agency, "document": "report", "funding_year": YEAR + 5, "on": today()}
    assert step(by=world.coordinator.actor, **missing) is None


def test_what_is_not_owed_any_more_is_dropped_with_a_reason(world, report):
    done = acts.drop(by=world.coordinator.actor, obligation=report, on=today(), note="Träger ausgeschieden")
    assert (done.state, done.note, done.is_open) == (State.DROPPED, "Träger ausgeschieden", False)
    with pytest.raises(NotAllowed):
        acts.drop(by=world.worker.actor, obligation=report, on=today(), note="keine Lust")


@pytest.mark.parametrize(("state", "is_late"), [(s, s in (State.UPCOMING, State.REWORK)) for s in State], ids=str)
def test_late_inside_is_who_has_to_hand_in_after_the_day(state, is_late):
    late = Obligation(state=state, internal_due=date(2026, 4, 30))
    assert late.is_overdue_internal(date(2026, 5, 1)) == is_late
    assert not late.is_overdue_internal(date(2026, 4, 30))


@pytest.mark.parametrize("bearer", [Bearer.AGENCY, Bearer.CARRIER])
def test_late_outside_needs_a_day_outside(bearer):
    late = Obligation(state=State.CHECKED, internal_due=date(2026, 4, 30), external_due=date(2026, 6, 30))
    assert late.is_overdue_external(date(2026, 7, 1))
    assert not late.is_overdue_external(date(2026, 6, 30))
    late.external_due = None
    assert not late.is_overdue_external(date(2026, 7, 1))
