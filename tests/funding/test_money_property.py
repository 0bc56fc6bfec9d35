"""Money neither appears nor vanishes: whatever is called, agreed, forwarded, paid back, spent and taken back, in any order."""

from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lotse.funding.actions.calls import note_received
from lotse.funding.actions.ledger import book, take_back
from lotse.funding.actions.payments import forward, note_repayment, pay_round
from lotse.funding.enums import EntryKind
from lotse.funding.queries.balance import CarrierBalance, balances
from tests.factories import deadlines, funds, funds_money
from tests.factories.deadlines import YEAR

START, DAYS = date(YEAR, 1, 15), 5
CONTRACT = Decimal(300)
POTS = [field.name for field in fields(CarrierBalance)]
OF_CONTRACT = ("forward", "round", "amend", "repay")
POT_OF = {EntryKind.EXPENSE: "spent"}

amounts = some.sampled_from([Decimal("0.01"), Decimal("33.33"), Decimal(100), Decimal(150), CONTRACT])
acts = some.sampled_from(["call", "call", "forward", "round", "amend", "repay", "repay", *EntryKind, "take_back"])
steps = some.lists(some.tuples(acts, amounts, some.integers(0, DAYS), some.integers(0, 2)), min_size=8, max_size=25)


class Money:
    """The same told to Lotse, and to a plain sheet of (day, carrier, pot, amount) that knows nothing of it."""

    def __init__(self, world, grant):
        self.by, self.grant = world.coordinator.actor, grant
        self.carriers, receiver = (world.nordstadt, world.suedstadt, grant.organisation), grant.organisation
        funds.own_agency_of(grant)
        signed = {c: funds.contract_of(grant, c, amount=CONTRACT, signed=START) for c in self.carriers if c != receiver}
        self.contracts = signed
        self.sheet, self.agreed = [], [(date.min, c.pk, CONTRACT) for c in self.contracts]
        for carrier in self.carriers:
            self.call(carrier, CONTRACT, START, "call")

    def step(self, act, amount, day, place):
        carrier, on = self.carriers[place], START + timedelta(day)
        if act in OF_CONTRACT and carrier not in self.contracts:
            return  # the receiver has none with itself
        try:
            getattr(self, act, self.entry)(carrier, amount, on, act)
        except ValidationError:
            return  # refused, and so nothing may have moved

    def call(self, carrier, amount, on, _act):
        """Called on the first day, come on any."""
        call = funds.call_of(self.grant, {carrier: amount}, called_on=START, received=None)
        note_received(by=self.by, call=call, on=on)
        pots = ["received", "kept"] if carrier == self.grant.organisation else ["received"]
        self.sheet += [(on, carrier.pk, pot, amount) for pot in pots]

    def forward(self, carrier, amount, on, _act):
        forward(by=self.by, contract=self.contracts[carrier], funding_year=YEAR, on=on, amount=amount)
        self.sheet.append((on, carrier.pk, "forwarded", amount))

    def round(self, carrier, amount, on, _act):
        """Twice as much for the other."""
        other = self.carriers[carrier == self.carriers[0]]
        amounts = {carrier: amount, other: amount * 2}
        given = {self.contracts[one]: amount for one, amount in amounts.items()}
        pay_round(by=self.by, grant=self.grant, funding_year=YEAR, on=on, amounts=given)
        self.sheet += [(on, one.pk, "forwarded", amount) for one, amount in amounts.items()]

    def amend(self, carrier, amount, on, _act):
        """That much more, signed by both on the day; never before what is amended."""
        last, so_far = [(day, agreed) for day, one, agreed in self.agreed if one == carrier.pk][-1]
        if on >= last:
            funds_money.amendment_of(self.contracts[carrier], {YEAR: so_far + amount}, signed=on)
            self.agreed.append((on, carrier.pk, so_far + amount))

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

    def agreed_on(self, on):
        """By carrier."""
        return {carrier: agreed for day, carrier, agreed in self.agreed if day <= on}

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
    most = money.agreed_on(on)
    held = {carrier: balance.forwarded - balance.repaid for carrier, balance in found.items()}
    assert [b for c, b in found.items() if b.with_receiver < 0 or not 0 <= held[c] <= most.get(c, 0)] == []
    came = sum((b.received + b.own_share + b.income for b in found.values()), Decimal(0))
    went = sum((b.spent for b in found.values()), Decimal(0))
    assert sum((b.with_receiver + b.with_carrier for b in found.values()), Decimal(0)) == came - went


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=steps)
@pytest.mark.rule("FU-11")
def test_money_never_appears_or_vanishes(world, house, steps):
    money = Money(world, deadlines.grant_of(house))
    for step in steps:
        money.step(*step)
    for day in range(DAYS + 1):
        check(money, START + timedelta(day))
