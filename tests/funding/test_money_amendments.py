"""A contract is amended: what it says then holds from the day on which both have signed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lotse.core.errors import NotAllowed
from lotse.documents.intake import receive
from lotse.funding.actions import contracts as acts
from lotse.funding.actions.payments import forward
from lotse.funding.enums import EntryKind
from lotse.funding.models import ContractAmendment, ContractYear, ForwardingContract
from lotse.funding.queries import contracts as queries
from lotse.funding.queries.balance import balances
from tests.documents.files import upload
from tests.factories import funds, funds_money
from tests.factories.deadlines import YEAR
from tests.funding.refusing import refused

FEBRUARY, MARCH = date(YEAR, 2, 5), date(YEAR, 3, 5)


@pytest.fixture
def contract(world, grant):
    """Of 300 euro a year, with 900 come for it."""
    funds.call_of(grant, {world.nordstadt: 900})
    return funds.contract_of(grant, world.nordstadt, amount=Decimal(300))


def paid(world, contract, amount, on):
    return {
        "by": world.coordinator.actor,
        "contract": contract,
        "funding_year": YEAR,
        "on": on,
        "amount": Decimal(amount),
    }


@pytest.mark.rule("FU-02")
@pytest.mark.parametrize("missing", ["carrier_signed_on", "district_signed_on"])
def test_what_exceeds_the_old_amount_waits_for_both_signatures_under_the_amendment(world, contract, missing):
    funds_money.amendment_of(contract, {YEAR: 500}, signed=FEBRUARY)
    ContractAmendment.objects.update(**{missing: None})
    forward(**paid(world, contract, 300, FEBRUARY))
    told = ["Das ist mehr, als der Weiterleitungsvertrag für dieses Förderjahr vorsieht."]
    assert refused(forward, **paid(world, contract, "0.01", MARCH)) == told
    ContractAmendment.objects.update(**{missing: MARCH})
    assert refused(forward, **paid(world, contract, "0.01", MARCH - timedelta(1))) == told
    assert forward(**paid(world, contract, 200, MARCH)).amount == 200


@pytest.mark.rule("FU-11")
def test_what_an_amendment_takes_away_later_is_not_forwarded_before(world, contract):
    funds_money.amendment_of(contract, {YEAR: 100}, signed=MARCH)
    told = ["Das ist mehr, als der Weiterleitungsvertrag für dieses Förderjahr vorsieht."]
    assert refused(forward, **paid(world, contract, 101, FEBRUARY)) == told
    assert forward(**paid(world, contract, 100, FEBRUARY)).amount == 100


def test_a_year_that_an_amendment_leaves_out_gets_nothing_any_more(contract):
    funds_money.amendment_of(contract, {YEAR: 500}, signed=FEBRUARY)
    lines = queries.year_lines(contract, FEBRUARY)
    assert [(line.year, line.agreed) for line in lines] == [(YEAR, 500), (YEAR + 1, 0)]
    before = queries.year_lines(contract, FEBRUARY - timedelta(1))
    assert [line.agreed for line in before] == [300, 300]


def test_the_page_says_what_is_left_and_what_is_to_be_asked_back(world, contract):
    funds.payment_of(contract, 250)
    funds.payment_of(contract, 50, kind="repayment", paid_on=MARCH, reason="übrig")
    (line, _next) = queries.year_lines(contract, MARCH)
    assert (line.agreed, line.forwarded, line.repaid, line.left) == (300, 250, 50, 100)
    funds_money.amendment_of(contract, {YEAR: 150}, signed=MARCH)
    assert queries.year_lines(contract, MARCH)[0].too_much == 50


def test_an_amendment_is_begun_signed_and_filed_and_the_old_amounts_stay(world, contract):
    by = world.coordinator.actor
    made = acts.begin_amendment(by=by, contract=contract, reason="mehr bewilligt", amounts={YEAR: Decimal(500)})
    acts.sign_amendment_for_carrier(by=world.carrier_manager.actor, amendment=made, on=FEBRUARY)
    signed = acts.sign_amendment_for_district(by=by, amendment=made, on=MARCH)
    assert signed.in_force_from == MARCH
    with receive(upload(), by=by) as received:
        assert acts.file_amendment(by=by, amendment=made, received=received).file.compartment == "funding"
    assert [paper.amounts for paper in queries.papers(contract)] == [((YEAR, 300), (YEAR + 1, 300)), ((YEAR, 500),)]


def test_one_amendment_after_the_other(world, contract):
    by, amounts = world.coordinator.actor, {YEAR: Decimal(1)}
    acts.begin_amendment(by=by, contract=contract, reason="a", amounts=amounts)
    again = refused(acts.begin_amendment, by=by, contract=contract, reason="b", amounts=amounts)
    assert again == ["Erst muss unterschrieben sein, was es schon gibt."]
    assert ContractAmendment.objects.count() == 1


def test_an_amendment_is_not_signed_before_what_it_amends(world, contract):
    made = funds_money.amendment_of(contract, {YEAR: 500})
    early = funds.SIGNED - timedelta(1)
    told = refused(acts.sign_amendment_for_district, by=world.coordinator.actor, amendment=made, on=early)
    assert told == [f"Was davor galt, gilt erst seit dem {funds.SIGNED:%d.%m.%Y}."]


@pytest.mark.rule("FU-10")
def test_only_the_receiver_amends_and_no_other_carrier_signs(world, contract):
    carrier, amounts = world.carrier_manager.actor, {YEAR: Decimal(1)}
    with pytest.raises(NotAllowed):
        acts.begin_amendment(by=carrier, contract=contract, reason="a", amounts=amounts)
    made = funds_money.amendment_of(contract, amounts)
    with pytest.raises(NotAllowed):
        acts.sign_amendment_for_district(by=carrier, amendment=made, on=MARCH)
    with pytest.raises(NotAllowed):
        acts.sign_amendment_for_carrier(by=world.specialist.actor, amendment=made, on=MARCH)
    assert ContractAmendment.objects.get().carrier_signed_on is None


def test_a_draft_is_discarded_and_what_is_signed_stays(world, grant, contract):
    by = world.coordinator.actor
    draft = funds.contract_of(grant, world.suedstadt, signed=None)
    acts.discard_contract(by=by, contract=draft)
    amendment = funds_money.amendment_of(contract, {YEAR: 5})
    acts.discard_amendment(by=by, amendment=amendment)
    assert refused(acts.discard_contract, by=by, contract=contract) == ["Was unterschrieben ist, bleibt."]
    assert (ForwardingContract.objects.count(), ContractYear.objects.count()) == (1, 2)


def test_a_signature_of_a_wrong_day_is_taken_back_and_given_anew(world, contract):
    carrier, by = world.carrier_manager.actor, world.coordinator.actor
    acts.unsign_for_carrier(by=carrier, contract=contract)
    acts.unsign_for_district(by=by, contract=contract)
    told = refused(acts.unsign_for_carrier, by=carrier, contract=contract)
    assert told == ["Hier ist keine Unterschrift eingetragen."]
    acts.sign_for_carrier(by=carrier, contract=contract, on=MARCH)
    assert acts.sign_for_district(by=by, contract=contract, on=FEBRUARY).in_force_from == MARCH


def test_a_signature_stays_once_money_went_or_an_amendment_was_begun(world, contract):
    by = world.coordinator.actor
    amendment = funds_money.amendment_of(contract, {YEAR: 500}, signed=FEBRUARY)
    told = refused(acts.unsign_for_district, by=by, contract=contract)
    assert told == ["Darauf baut schon ein Nachtrag auf."]
    forward(**paid(world, contract, 100, MARCH))
    told = refused(acts.unsign_amendment_for_district, by=by, amendment=amendment)
    assert told == ["Danach wurde schon weitergeleitet. Was gilt, ändert ein Nachtrag."]
    with pytest.raises(NotAllowed):
        acts.unsign_amendment_for_district(by=world.carrier_manager.actor, amendment=amendment)


def test_what_is_proposed_is_asked_for_and_cut_to_what_was_granted(world, grant):
    line = funds.line_of(grant)
    funds.cost_of(grant, world.nordstadt, Decimal(2_200), line=line)
    funds.own_funds_of(grant, world.nordstadt, Decimal(200))
    funds.cost_of(grant, world.suedstadt, Decimal(1_000), line=line)
    assert queries.proposed_years(grant, world.nordstadt) == {YEAR: 2000, YEAR + 1: 0}
    funds.notice_of(grant, {YEAR: Decimal(1_000)})
    parts = [queries.proposed_years(grant, one)[YEAR] for one in (world.nordstadt, world.suedstadt)]
    assert parts == [Decimal("666.66"), Decimal("333.33")]


@pytest.mark.rule("FU-11")
def test_sums_end_at_the_cent_on_every_database(world, grant):
    """SQLite would leave 0.00000000000000006."""
    for amount in ("0.10", "0.20"):
        entry = funds.entry_of(grant, world.nordstadt, Decimal(amount), EntryKind.OWN_SHARE)
    funds.entry_of(grant, world.nordstadt, Decimal("0.30"), EntryKind.OWN_SHARE, reverses=entry)
    assert balances(grant, MARCH)[world.nordstadt.pk].own_share == 0
