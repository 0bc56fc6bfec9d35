"""Deadlines in figures, against plain counting."""

from datetime import date

import pytest

from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.programmes.enums import ObligationState as State
from tests.factories.deadlines import grant_of, owed_by, rule_of

PERIOD = Period(date(2024, 1, 1), date(2024, 12, 31))
DUE, OUTSIDE = date(2024, 4, 30), date(2024, 6, 30)


@pytest.fixture
def deadlines(house):
    rule = rule_of(grant_of(house))

    def owed(year, bearer=house.agency, **more):
        return owed_by(bearer, rule, funding_year=year, **{"internal_due": DUE, "external_due": OUTSIDE, **more})

    owed(2001, submitted_on=DUE, sent_on=OUTSIDE, state=State.ACCEPTED)
    owed(2002, submitted_on=date(2024, 5, 1), sent_on=date(2024, 7, 1), state=State.SUBMITTED_EXTERNAL)
    owed(2003)
    owed(2004, state=State.DROPPED)
    owed(2005, internal_due=date(2023, 4, 30), external_due=None)
    owed(2006, house.far_agency, submitted_on=DUE, state=State.SUBMITTED_INTERNAL, external_due=None)


def cells(persona, key):
    (found,) = evaluate([fact(f"deadlines.{key}")], Question(persona.actor, PERIOD))
    return {cell.key: cell.count for cell in found.cells if cell.count}


@pytest.mark.rule("FU-04")
def test_deadlines_are_counted_by_the_day_they_were_met_inside(world, deadlines):
    assert cells(world.coordinator, "internal") == {"in_time": 2, "late": 1, "missing": 1}
    assert cells(world.carrier_manager, "internal") == {"in_time": 1, "late": 1, "missing": 1}
    assert cells(world.outsider, "internal") == {"in_time": 1}
    assert cells(world.counsellor, "internal") == {"in_time": 1, "late": 1, "missing": 1}


@pytest.mark.rule("FU-04")
def test_deadlines_are_counted_by_the_day_they_were_met_outside(world, deadlines):
    assert cells(world.coordinator, "external") == {"in_time": 1, "late": 1, "missing": 1}
