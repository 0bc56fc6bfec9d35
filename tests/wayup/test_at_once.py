"""Two people do the same at the same moment."""

import pytest
from django.core.exceptions import ValidationError

from lotse.wayup.actions.closings import accept, approve, draw_up, reopen
from lotse.wayup.enums import ClosingState
from lotse.wayup.models import Closing
from tests.casework import conftest as crowd
from tests.personas import persona
from tests.wayup import making
from tests.wayup.making import approved, drawn, state_of

at_once = crowd.at_once


@pytest.fixture
def period(transactional_db, world):
    making.heads(world)
    persona(world, "second_manager", world.nordstadt, "carrier_manager")
    return making.period(world)


@pytest.mark.rule("UP-02")
def test_two_approve_at_once_and_one_has_approved(world, period, at_once):
    made = drawn(period, world.site, world.technical_lead)
    by = [world.carrier_manager.actor, world.second_manager.actor]
    results = at_once(*(lambda who=who: approve(by=who, closing=made, sha256=made.sha256) for who in by))
    assert sorted(type(result).__name__ for result in results) == ["Closing", "ValidationError"]
    assert state_of(made) == ClosingState.APPROVED


def test_two_draw_up_at_once_and_the_last_counts(world, period, at_once):
    one = making.unit(world.site)
    by = [world.technical_lead.actor, world.carrier_manager.actor]
    results = at_once(*(lambda who=who: draw_up(by=who, period=period, unit=one) for who in by))
    kept = [row for row in Closing.objects.all() if row.state == ClosingState.OPEN]
    refused = [result for result in results if isinstance(result, ValidationError)]
    assert (len(kept), len(refused) + Closing.objects.count()) == (1, 2)


@pytest.mark.rule("UP-04")
def test_a_part_given_back_while_the_sum_is_approved(world, period, at_once):
    below = accept(
        by=world.technical_lead.actor, closing=approved(period, world.site, world.technical_lead, world.carrier_manager)
    )
    above = drawn(period, world.nordstadt, world.technical_lead)
    results = at_once(
        lambda: approve(by=world.carrier_manager.actor, closing=above, sha256=above.sha256),
        lambda: reopen(by=world.technical_lead.actor, closing=below, reason="Fehler"),
    )
    assert sorted(type(result).__name__ for result in results) == ["Closing", "ValidationError"]
    assert (state_of(above), state_of(below)) in [
        (ClosingState.APPROVED, ClosingState.LOCKED), (ClosingState.OPEN, ClosingState.REOPENED),
    ]  # fmt: skip
