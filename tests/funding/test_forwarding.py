"""Contracts before money, and no more money than there is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.documents.intake import receive
from lotse.funding.actions.calls import call_funds, note_received
from lotse.funding.actions.contracts import begin_contract, file_contract, sign_for_carrier, sign_for_district
from lotse.funding.actions.payments import forward, note_repayment
from lotse.funding.enums import PaymentKind
from lotse.funding.models import CallOfFunds, CallShare, ForwardingContract, Payment
from lotse.funding.queries.balance import CarrierBalance, balances
from tests.documents.files import upload
from tests.factories import funds
from tests.factories.deadlines import YEAR
from tests.funding.refusing import refused

FEBRUARY = date(YEAR, 2, 5)


def forwarded(world, contract, amount, on=FEBRUARY, year=YEAR):
    return {
        "by": world.coordinator.actor,
        "contract": contract,
        "funding_year": year,
        "on": on,
        "amount": Decimal(amount),
    }


@pytest.mark.rule("FU-02")
@pytest.mark.parametrize("missing", ["carrier_signed_on", "district_signed_on"])
def test_nothing_is_forwarded_while_a_signature_is_missing(world, grant, missing):
    contract = funds.contract_of(grant, world.nordstadt)
    funds.call_of(grant, {world.nordstadt: 500})
    ForwardingContract.objects.update(**{missing: None})
    told = refused(forward, **forwarded(world, contract, 500))
    assert told == ["Weitergeleitet wird erst, wenn beide den Weiterleitungsvertrag unterschrieben haben."]
    assert Payment.objects.count() == 0


@pytest.mark.rule("FU-02")
def test_a_payment_lies_on_or_after_the_later_signature(world, grant):
    contract = funds.contract_of(grant, world.nordstadt)
    ForwardingContract.objects.update(district_signed_on=FEBRUARY)
    funds.call_of(grant, {world.nordstadt: 500})
    refused(forward, **forwarded(world, contract, 1, on=FEBRUARY - timedelta(1)))
    assert forward(**forwarded(world, contract, 1)).amount == 1


def test_a_contract_is_signed_by_each_side_for_itself_once(world, grant):
    contract = begin_contract(
        by=world.coordinator.actor, grant=grant, carrier=world.nordstadt, amounts={YEAR: Decimal(900)}
    )
    sign_for_carrier(by=world.carrier_manager.actor, contract=contract, on=funds.SIGNED)
    with pytest.raises(NotAllowed):
        sign_for_district(by=world.carrier_manager.actor, contract=contract, on=funds.SIGNED)
    signed = sign_for_district(by=world.coordinator.actor, contract=contract, on=FEBRUARY)
    assert signed.in_force_from == FEBRUARY
    again = refused(sign_for_carrier, by=world.carrier_manager.actor, contract=contract, on=FEBRUARY)
    assert again == ["Diese Unterschrift ist schon eingetragen."]


def test_a_signature_of_tomorrow_is_none(world, grant):
    contract = funds.contract_of(grant, world.nordstadt, signed=None)
    tomorrow = timezone.localdate() + timedelta(1)
    told = refused(sign_for_carrier, by=world.carrier_manager.actor, contract=contract, on=tomorrow)
    assert told == ["Bitte einen Tag angeben, der nicht in der Zukunft liegt."]


def test_the_signed_paper_is_filed_once(world, grant):
    contract = funds.contract_of(grant, world.nordstadt)
    by = world.coordinator.actor
    with receive(upload(), by=by) as received:
        assert file_contract(by=by, contract=contract, received=received).file.compartment == "funding"
        again = refused(file_contract, by=by, contract=contract, received=received)
    assert again == ["Das unterschriebene Papier liegt schon hier."]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"amounts": {YEAR + 2: Decimal(1)}}, "Dieses Jahr gehört nicht zur Förderphase."),
        ({"amounts": {YEAR: Decimal(0)}}, "Bitte einen Betrag über 0 Euro angeben."),
    ],
)
def test_a_contract_that_cannot_be_is_refused(world, grant, changed, told):
    values = {"by": world.coordinator.actor, "grant": grant, "carrier": world.nordstadt, "amounts": {}, **changed}
    assert refused(begin_contract, **values) == [told]
    assert ForwardingContract.objects.count() == 0


def test_a_carrier_without_an_agency_in_the_grant_gets_no_contract(world, grant):
    values = {"by": world.coordinator.actor, "grant": grant, "carrier": world.district, "amounts": {}}
    assert refused(begin_contract, **values) == ["Dieser Träger hat in dieser Zuwendung keine Integrationsagentur."]


@pytest.mark.rule("FU-03")
def test_only_the_receiver_of_a_grant_calls_and_forwards(world, grant):
    contract = funds.contract_of(grant, world.nordstadt)
    call = funds.call_of(grant, {world.nordstadt: 500}, received=None)
    carrier = world.carrier_manager.actor
    days = {"called_on": FEBRUARY, "spend_from": FEBRUARY, "spend_until": FEBRUARY}
    with pytest.raises(NotAllowed):
        call_funds(by=carrier, grant=grant, funding_year=YEAR, shares={world.nordstadt: Decimal(1)}, **days)
    with pytest.raises(NotAllowed):
        note_received(by=carrier, call=call, on=FEBRUARY)
    with pytest.raises(NotAllowed):
        forward(**{**forwarded(world, contract, 1), "by": carrier})
    assert (CallOfFunds.objects.count(), Payment.objects.count()) == (1, 0)


def test_a_call_is_made_for_carriers_and_received_once(world, grant):
    by, days = world.coordinator.actor, {"called_on": FEBRUARY, "spend_from": FEBRUARY, "spend_until": FEBRUARY}
    shares = {world.nordstadt: Decimal("100.10"), world.suedstadt: Decimal("0.05")}
    call = call_funds(by=by, grant=grant, funding_year=YEAR, shares=shares, **days)
    assert dict(CallShare.objects.values_list("carrier_id", "amount")) == {c.pk: a for c, a in shares.items()}
    note_received(by=by, call=call, on=FEBRUARY)
    assert refused(note_received, by=by, call=call, on=FEBRUARY) == ["Der Eingang ist schon eingetragen."]


def test_a_call_for_nobody_is_refused(world, grant):
    days = {"called_on": FEBRUARY, "spend_from": FEBRUARY, "spend_until": FEBRUARY}
    told = refused(call_funds, by=world.coordinator.actor, grant=grant, funding_year=YEAR, shares={}, **days)
    assert told == ["Bitte mindestens für einen Träger einen Betrag angeben."]


@pytest.mark.rule("FU-11")
def test_no_more_is_forwarded_than_came_for_this_carrier_and_year_by_that_day(world, grant):
    contract = funds.contract_of(grant, world.nordstadt)
    funds.call_of(grant, {world.nordstadt: 500, world.suedstadt: 900})
    funds.call_of(grant, {world.nordstadt: 900}, received=None)
    funds.call_of(grant, {world.nordstadt: 900}, funding_year=YEAR + 1)
    told = ["So viel ist für diesen Träger noch nicht eingegangen."]
    assert refused(forward, **forwarded(world, contract, "500.01")) == told
    assert refused(forward, **forwarded(world, contract, 500, on=date(YEAR, 1, 31))) == told
    forward(**forwarded(world, contract, 500))


@pytest.mark.rule("FU-11")
def test_what_was_forwarded_later_is_not_there_before(world, grant):
    contract = funds.contract_of(grant, world.nordstadt)
    funds.call_of(grant, {world.nordstadt: 500})
    forward(**forwarded(world, contract, 400, on=date(YEAR, 3, 1)))
    refused(forward, **forwarded(world, contract, 101))
    forward(**forwarded(world, contract, 100))


def test_no_more_is_forwarded_than_the_contract_says_for_the_year(world, grant):
    contract = funds.contract_of(grant, world.nordstadt, amount=Decimal(300))
    funds.call_of(grant, {world.nordstadt: 500})
    told = refused(forward, **forwarded(world, contract, 301))
    assert told == ["Das ist mehr, als der Weiterleitungsvertrag für dieses Förderjahr vorsieht."]


def test_what_was_repaid_may_be_forwarded_again(world, grant):
    contract = funds.contract_of(grant, world.nordstadt, amount=Decimal(300))
    funds.call_of(grant, {world.nordstadt: 300})
    forward(**forwarded(world, contract, 300))
    back = {**forwarded(world, contract, 300), "reason": "nicht gebraucht"}
    assert note_repayment(**back).kind == PaymentKind.REPAYMENT
    assert refused(note_repayment, **back) == ["Zurückzahlen kann der Träger höchstens, was er bekommen hat."]
    forward(**forwarded(world, contract, 300))
    assert balances(grant, FEBRUARY) == {
        world.nordstadt.pk: CarrierBalance(received=Decimal(300), forwarded=Decimal(600), repaid=Decimal(300))
    }


def test_what_was_repaid_later_does_not_widen_the_contract_before(world, grant):
    contract = funds.contract_of(grant, world.nordstadt, amount=Decimal(300))
    funds.call_of(grant, {world.nordstadt: 900})
    forward(**forwarded(world, contract, 300))
    note_repayment(**forwarded(world, contract, 200, on=FEBRUARY + timedelta(1)), reason="nicht gebraucht")
    told = refused(forward, **forwarded(world, contract, 200))
    assert told == ["Das ist mehr, als der Weiterleitungsvertrag für dieses Förderjahr vorsieht."]
    forward(**forwarded(world, contract, 200, on=FEBRUARY + timedelta(1)))


def test_each_sees_the_money_of_her_house_alone(world, grant):
    for carrier in (world.nordstadt, world.suedstadt):
        funds.payment_of(funds.contract_of(grant, carrier), 5)
    funds.call_of(grant, {world.nordstadt: 5, world.suedstadt: 5})
    seen = {
        name: [
            model.objects.visible_to(getattr(world, name).actor).count()
            for model in (ForwardingContract, Payment, CallShare, CallOfFunds)
        ]
        for name in ("coordinator", "carrier_manager", "counsellor", "specialist", "funder", "sysadmin")
    }
    nothing = [0, 0, 0, 0]
    assert seen == {
        "coordinator": [2, 2, 2, 1], "carrier_manager": [1, 1, 1, 0], "counsellor": nothing, "specialist": nothing,
        "funder": nothing, "sysadmin": nothing,
    }  # fmt: skip
