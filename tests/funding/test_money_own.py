"""Agencies of the receiver itself: their money is with the carrier when it comes, without a contract and without a payment."""

from datetime import date
from decimal import Decimal

import pytest

from lotse.funding.actions.contracts import OWN, begin_contract
from lotse.funding.models import ForwardingContract
from lotse.funding.queries.balance import balances
from lotse.funding.queries.calls import proposed_shares
from lotse.funding.queries.contracts import carrier_contracts
from lotse.funding.queries.movements import PILES, POTS, in_pot, movements, sum_of
from lotse.funding.queries.overview import carrier_lines, to_do
from lotse.funding.queries.overview import sum_of as whole_of
from lotse.funding.queries.proof_content import current_sheet
from lotse.funding.queries.rounds import proposals
from tests.factories import funds
from tests.factories import funds_proofs as make
from tests.factories.deadlines import YEAR
from tests.funding.refusing import refused

CAME, DAY = Decimal("812.35"), date(YEAR, 3, 1)


@pytest.fixture
def own(grant):
    """The receiver, as carrier of an agency for which money has come."""
    house = funds.own_agency_of(grant).organisation
    funds.call_of(grant, {house: CAME})
    return house


def test_what_came_is_with_the_carrier_at_once_and_opens_to_its_rows(grant, own):
    funds.entry_of(grant, own, Decimal("12.35"))
    balance = balances(grant, DAY)[own.pk]
    assert (balance.with_receiver, balance.with_carrier, balance.forwarded) == (0, 800, 0)
    rows = movements(grant, own, DAY)
    assert [(row.with_receiver, row.with_carrier) for row in rows] == [(0, CAME), (0, 800)]
    opened = {pot: sum_of(in_pot(rows, pot), pot) for pot in POTS | PILES}
    assert opened == {pot: getattr(balance, pot) for pot in POTS | PILES}


def test_of_all_carriers_together_it_is_counted_once(world, grant, own):
    funds.call_of(grant, {world.nordstadt: Decimal(100)})
    whole = whole_of(carrier_lines(world.coordinator.actor, grant, DAY, None))
    assert (whole.received, whole.with_receiver, whole.with_carrier) == (CAME + 100, 100, CAME)


def test_nothing_is_forwarded_to_itself(world, grant, own):
    by = world.coordinator.actor
    assert own not in [row.carrier for row in proposals(by, grant, YEAR, DAY)]
    assert [row.carrier for row in carrier_contracts(by, grant, DAY)] == [world.nordstadt, world.suedstadt]
    told = [(one.kind, one.count) for one in to_do(by, grant, DAY) if one.kind == "contracts"]
    assert told == [("contracts", 2)]
    assert refused(begin_contract, by=by, grant=grant, carrier=own, amounts={YEAR: CAME}) == [OWN]
    assert ForwardingContract.objects.count() == 0


def test_what_it_asked_for_is_called_for_it_and_is_what_it_proves(world, grant, own):
    funds.cost_of(grant, own, 12_000)
    funds.own_funds_of(grant, own, 1_200)
    sheet = current_sheet(make.partial_of(grant, own))
    assert [(row.planned, row.actual) for row in sheet.funds][:1] == [(10_800, CAME)]
    part = (Decimal(10_800) * min(grant.spend_within_days, 365) / 365).quantize(Decimal("0.01"), "ROUND_DOWN")
    assert proposed_shares(grant, YEAR, DAY)[own.pk] == max(part - CAME, 0)
