"""Money neither appears nor vanishes: whatever is called, forwarded, paid back, spent and taken back, in any order."""

from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lotse.funding.actions.calls import note_received
from lotse.funding.actions.ledger import book, take_back
from lotse.funding.actions.payments import forward, note_repayment
from lotse.funding.enums import EntryKind
from lotse.funding.queries.balance import CarrierBalance, balances
from tests.factories import deadlines, funds
from tests.factories.deadlines import YEAR

START, DAYS = date(YEAR, 1, 15), 5
CONTRACT = Decimal(300)
POTS = [field.name for field in fields(CarrierBalance)]
POT_OF = {EntryKind.EXPENSE: "spent"}

amounts = some.sampled_from([Decimal("0.01"), Decimal("33.33"), Decimal(100), Decimal(150), CONTRACT])
acts = some.sampled_from(["call", "call", "forward", "forward", "repay", "repay", *EntryKind, "take_back"])
steps = some.lists(some.tuples(acts, amounts, some.integers(0, DAYS), some.booleans()), min_size=8, max_size=25)


class Money:
    """The same told to Lotse, and to a plain sheet of (day, carrier, pot, amount) that knows nothing of it."""

    def __init__(self, world, grant):
        self.by, self.grant = world.coordinator.actor, grant
        self.carriers = (world.nordstadt, world.suedstadt)
        self.contracts = {c: funds.contract_of(grant, c, amount=CONTRACT, signed=START) for c in self.carriers}
        self.sheet = []
        for carrier in self.carriers:
            self.call(carrier, CONTRACT, START, "call")

    def step(self, act, amount, day, is_second):
        carrier, on = self.carriers[is_second], START + timedelta(day)
        try:
            getattr(self, act, self.entry)(carrier, amount, on, act)
        except ValidationError:
            return  # refused, and so nothing may have moved

    def call(self, carrier, amount, on, _act):
        """Called on the first day, come on any."""
        call = funds.call_of(self.grant, {carrier: amount}, called_on=START, received=None)
        note_received(by=self.by, call=call, on=on)
        self.sheet.append((on, carrier.pk, "received", amount))

    def forward(self, carrier, amount, on, _act):
        forward(by=self.by, contract=self.contracts[carrier], funding_year=YEAR, on=on, amount=amount)
        self.sheet.append((on, carrier.pk, "forwarded", amount))

    def repay(self, carrier, amount, on, _act):
        contract = self.contracts[carrier]
        note_repayment(by=self.by, contract=contract, funding_year=YEAR, on=on, amount=amount, reason="übrig")
        self.sheet.append((on, carrier.pk, "repaid", amount))

    def entry(self, carrier, amount, on, act):
        line = funds.line_of(self.grant) if act == EntryKind.EXPENSE else None
        book(
            by=self.by, grant=self.grant, carrier=carrier, kind=act, funding_year=YEAR, on=on, amount=amount, payee="A",
            reason="B", line=line, double_reason="Probe",
        )  # fmt: skip
        self.sheet.append((on, carrier.pk, act, amount))

    def take_back(self, _carrier, _amount, on, _act):
        entry = self.grant.entries.order_by("-id").first()
        if entry:
            take_back(by=self.by, entry=entry, on=on, reason="falsch")
            self.sheet.append((on, entry.organisation_id, entry.kind, -entry.amount))

    def pots(self, on):
        """By carrier, with every pot that a balance has."""
        found = {}
        for day, carrier, pot, amount in self.sheet:
            if day <= on:
                found.setdefault(carrier, dict.fromkeys(POTS, Decimal(0)))[POT_OF.get(pot, pot)] += amount
        return found


def check(money, on):
    found = balances(money.grant, on)
    assert {carrier: vars(balance) for carrier, balance in found.items()} == money.pots(on)
    assert [b for b in found.values() if b.with_receiver < 0 or not 0 <= b.forwarded - b.repaid <= CONTRACT] == []
    came = sum((b.received + b.own_share + b.income for b in found.values()), Decimal(0))
    went = sum((b.spent for b in found.values()), Decimal(0))
    assert sum((b.with_receiver + b.with_carrier for b in found.values()), Decimal(0)) == came - went


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
@pytest.mark.rule("FU-11")
def test_money_never_appears_or_vanishes(world, house, steps):
    money = Money(world, deadlines.grant_of(house))
    for step in steps:
        money.step(*step)
    for day in range(DAYS + 1):
        check(money, START + timedelta(day))
