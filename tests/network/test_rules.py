"""The rules of the network at their edges: each house for itself, nobody from outside."""

import pytest

from lotse.core.errors import NotAllowed
from lotse.network import rules
from lotse.network.actions.closing import note_presence
from lotse.network.models import Meeting
from lotse.network.models.processes import ProcessStep
from tests.factories import network as make

INSIDE = {"coordinator", "counsellor", "outsider", "technical_lead", "sysadmin"}


@pytest.mark.rule("NW-01")
def test_whoever_works_at_a_carrier_enters_the_network_and_nobody_from_outside(world):
    asked = {*INSIDE, "funder"}
    assert {name for name in asked if rules.enters(world.personas[name].actor)} == INSIDE


@pytest.mark.rule("NW-01")
def test_a_house_is_organised_by_who_organises_there_and_nowhere_else(world):
    coordinator, district = world.coordinator.actor, world.district.pk
    assert rules.organises(coordinator, district)
    assert not rules.organises(coordinator, world.nordstadt.pk)
    assert not rules.organises(world.counsellor.actor, world.nordstadt.pk)


@pytest.mark.rule("NW-10")
@pytest.mark.parametrize("chosen", ["moderator", "minute_taker"])
def test_a_meeting_is_led_by_who_was_chosen_for_it_and_by_nobody_else_who_is_invited(world, chosen):
    meeting = make.meeting_of(world, make.round_of(world))
    Meeting.objects.update(**{chosen: world.outsider.person})
    note_presence(by=world.outsider.actor, meeting=meeting, presences={})
    with pytest.raises(NotAllowed):
        note_presence(by=world.counsellor.actor, meeting=meeting, presences={})


@pytest.mark.rule("NW-14")
def test_a_step_of_another_house_is_not_hers_though_her_name_stands_there(world):
    counsellor = world.counsellor
    hers = [
        ProcessStep(responsible=counsellor.person, organisation=house) for house in (world.nordstadt, world.suedstadt)
    ]
    assert [rules.works_on_step(counsellor.actor, step) for step in hers] == [True, False]


@pytest.mark.rule("DP-05")
def test_an_officer_looks_after_the_data_of_her_own_house_only(world):
    officer = world.dpo.actor
    assert [rules.looks_after_data(officer, house.pk) for house in (world.nordstadt, world.suedstadt)] == [True, False]
