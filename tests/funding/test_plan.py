"""What was planned, and what was granted: the newest notice decides."""

from datetime import date
from decimal import Decimal

from lotse.funding.queries.plan import Cell, by_year, granted, planned_costs, planned_funds
from tests.factories import funds
from tests.factories.deadlines import YEAR


def test_a_plan_is_the_sum_of_the_parts_by_carrier_year_and_kind(world, grant):
    line = funds.line_of(grant)
    for carrier, amount in ((world.nordstadt, 900), (world.nordstadt, 50), (world.suedstadt, 7)):
        funds.cost_of(grant, carrier, amount, line=line)
    funds.own_funds_of(grant, world.nordstadt, 100)
    nord, sued = world.nordstadt.pk, world.suedstadt.pk
    planned = planned_costs(grant)
    assert planned == {Cell(nord, YEAR, line.pk): Decimal(950), Cell(sued, YEAR, line.pk): Decimal(7)}
    assert by_year(planned) == {(nord, YEAR): Decimal(950), (sued, YEAR): Decimal(7)}
    assert planned_funds(grant) == {Cell(nord, YEAR, "own_share"): Decimal(100)}


def test_the_newest_notice_that_names_a_year_decides(grant):
    funds.notice_of(grant, {YEAR: 100, YEAR + 1: 100}, on=date(YEAR, 1, 5))
    funds.notice_of(grant, {YEAR: 80}, on=date(YEAR, 6, 1))
    assert granted(grant) == {YEAR: Decimal(80), YEAR + 1: Decimal(100)}
