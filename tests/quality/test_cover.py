"""The deputy plan: who has nobody, on which days; the emergency list."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotse.core.errors import NotAllowed
from lotse.quality.actions import cover as acts
from lotse.quality.models import EmergencyContact, StandIn
from lotse.quality.queries import cover as queries
from tests.factories import quality_duty as make
from tests.funding.refusing import refused

DAYS = [date(2026, 3, 1) + timedelta(days=n) for n in range(20)]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(-3, 22), st.integers(0, 8)), max_size=5))
def test_open_days_are_those_on_which_none_holds(begun):
    spans = [(DAYS[0] + timedelta(days=at), DAYS[0] + timedelta(days=at + lasts)) for at, lasts in begun]
    found = queries.open_spans(spans, DAYS[0], DAYS[-1])
    opened = [day for day in DAYS if any(start <= day <= end for start, end in found)]
    assert opened == [day for day in DAYS if not any(start <= day <= end for start, end in spans)]
    assert all(start <= end for start, end in found)


def plan(world, first=None, last=None, name="counsellor"):
    today = timezone.localdate()
    return {
        line.person: line for line in queries.plan(world.personas[name].actor, first or today, last or first or today)
    }


def test_every_counsellor_of_the_house_stands_in_the_plan(world):
    assert set(plan(world)) == {world.counsellor.person, world.colleague.person}
    assert [line.is_whole for line in plan(world).values()] == [False, False]


def test_who_does_not_counsel_is_listed_beside_them(world):
    row = make.stand_in(world, who=world.specialist.person)
    today = timezone.localdate()
    lines = queries.plan(world.counsellor.actor, today, today)
    assert queries.others(world.counsellor.actor, lines, today, today) == [row]


def test_who_is_not_covered_stands_first(world):
    make.stand_in(world)
    assert list(plan(world)) == [world.colleague.person, world.counsellor.person]
    assert [line.is_whole for line in plan(world).values()] == [False, True]


def test_a_period_shows_the_days_without_a_deputy(world):
    today = timezone.localdate()
    first, last = today, today + timedelta(days=9)
    make.stand_in(world, valid_from=today, valid_to=today + timedelta(days=3))
    assert plan(world, first, last)[world.counsellor.person].open == [(today + timedelta(days=4), last)]


@pytest.mark.parametrize("scope", ["phone", "urgent"])
def test_who_stands_in_for_a_part_closes_no_gap(world, scope):
    make.stand_in(world, scope=scope)
    line = plan(world)[world.counsellor.person]
    assert (len(line.rows), line.is_whole) == (1, False)


def test_a_deputy_who_is_away_is_named(world):
    make.stand_in(world)
    today = timezone.localdate()
    make.away(world, who=world.colleague.person, first_on=today, last_on=today)
    line = plan(world)[world.counsellor.person]
    assert (list(line.lost), line.open) == ([str(world.colleague.person)], [])


def test_a_deputy_who_leaves_stands_in_until_then(world):
    today = timezone.localdate()
    make.stand_in(world)
    world.colleague.person.left_on = today
    world.colleague.person.save()
    line = plan(world, today, today + timedelta(days=2))[world.counsellor.person]
    assert line.open == [(today + timedelta(days=1), today + timedelta(days=2))]


def test_nobody_stands_in_for_herself(world):
    who = world.counsellor.person
    assert refused(lambda: make.stand_in(world, who, who)) == ["Niemand vertritt sich selbst."]


def test_only_people_of_the_house_stand_in(world):
    assert refused(lambda: make.stand_in(world, deputy=world.outsider.person)) == [
        "Bitte jemanden wählen, der hier arbeitet."
    ]


def test_other_houses_see_neither_plan_nor_list(world):
    make.stand_in(world)
    make.contact(world)
    for name in ("outsider", "coordinator", "funder"):
        actor = world.personas[name].actor
        assert not StandIn.objects.visible_to(actor).exists()
        assert not EmergencyContact.objects.visible_to(actor).exists()


def test_the_emergency_list_keeps_its_order(world):
    first, second = make.contact(world), make.contact(world, name="Leitung")
    assert queries.contacts(world.counsellor.actor) == [first, second]
    acts.remove_contact(by=world.carrier_manager.actor, contact=first)
    assert queries.contacts(world.counsellor.actor) == [second]


@pytest.mark.parametrize("name", ["counsellor", "coordinator", "outsider"])
def test_nobody_else_changes_them(world, name):
    row, contact = make.stand_in(world), make.contact(world)
    by = world.personas[name].actor
    for act in (
        lambda: make.stand_in(world, by=world.personas[name]),
        lambda: make.contact(world, by=world.personas[name]),
        lambda: acts.change_stand_in(by=by, stand_in=row, scope="phone"),
        lambda: acts.change_contact(by=by, contact=contact, phone="1"),
        lambda: acts.remove_contact(by=by, contact=contact),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (StandIn.objects.get().scope, EmergencyContact.objects.get().phone) == ("all", "0201 555 10")
