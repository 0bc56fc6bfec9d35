"""What was planned, and what was granted: the newest notice decides."""

from datetime import date
from decimal import Decimal

import pytest

from lotse.funding.models import LedgerEntry
from lotse.funding.queries.balance import BOOKED, balances
from lotse.funding.queries.entries import sums
from lotse.funding.queries.euros import EuroSum
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


def test_every_sum_is_exact_to_the_cent_in_python_and_where_the_engine_compares(world, grant):
    """0,10 + 0,20 - 0,30: an engine that adds in binary fractions has something left."""
    line = funds.line_of(grant)
    for amount in ("0.10", "0.20"):
        funds.cost_of(grant, world.nordstadt, Decimal(amount), line=line)
        wrong = funds.entry_of(grant, world.nordstadt, Decimal(amount))
        funds.entry_of(grant, world.nordstadt, wrong.amount, reverses=wrong)
        funds.entry_of(grant, world.nordstadt, Decimal(amount))
    assert [str(amount) for amount in planned_costs(grant).values()] == ["0.30"]
    assert str(sums(LedgerEntry.objects.all()).expense) == "0.30"
    assert str(balances(grant, date(YEAR, 12, 31))[world.nordstadt.pk].spent) == "0.30"
    of_carrier = LedgerEntry.objects.order_by().values("organisation").annotate(sum=EuroSum("amount"))
    left = of_carrier.annotate(left=EuroSum(BOOKED) - Decimal("0.30"))
    assert (of_carrier.filter(sum=Decimal("0.90")).count(), left.filter(left__gt=0).count()) == (1, 0)


@pytest.mark.django_db
def test_the_sum_of_nothing_is_none():
    assert LedgerEntry.objects.aggregate(sum=EuroSum("amount")) == {"sum": None}
