"""Rounds of payments: all or nothing, and the file for the bank says the same."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from lxml import etree
from sepaxml.validation import try_valid_xml

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.funding import rules
from lotse.funding.actions.accounts import confirm_account, enter_account
from lotse.funding.actions.payments import pay_round
from lotse.funding.models import BankAccount, ForwardingContract, Payment, PaymentRound
from lotse.funding.queries import accounts as account_queries
from lotse.funding.queries import rounds as queries
from lotse.funding.transfers import SCHEMA, sepa_words, transfer_file
from tests.factories import deadlines, funds, funds_money
from tests.factories.deadlines import YEAR
from tests.factories.funds_money import IBAN, OTHER_IBAN
from tests.funding.refusing import refused

FEBRUARY = date(YEAR, 2, 5)
SPACE = {"p": f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"}


@pytest.fixture
def contracts(world, grant):
    """Of both carriers, signed; 500 and 900 euro have come."""
    funds.call_of(grant, {world.nordstadt: 500, world.suedstadt: 900})
    return [funds.contract_of(grant, carrier) for carrier in (world.nordstadt, world.suedstadt)]


def round_(world, grant, amounts):
    return {"by": world.coordinator.actor, "grant": grant, "funding_year": YEAR, "on": FEBRUARY, "amounts": amounts}


def test_a_round_pays_every_carrier_and_is_numbered(world, grant, contracts):
    first, second = contracts
    made = pay_round(**round_(world, grant, {first: Decimal("100.50"), second: Decimal(200)}))
    again = pay_round(**round_(world, grant, {first: Decimal(1)}))
    assert (made.number, again.number) == (1, 2)
    assert {row.organisation: row.amount for row in queries.payments_of(made)} == {
        world.nordstadt: Decimal("100.50"), world.suedstadt: Decimal(200),
    }  # fmt: skip


@pytest.mark.rule("FU-11")
def test_a_round_is_all_or_nothing_and_the_refusal_stands_beside_its_carrier(world, grant, contracts):
    first, second = contracts
    with pytest.raises(ValidationError) as caught:
        pay_round(**round_(world, grant, {first: Decimal(100), second: Decimal("900.01")}))
    told = "So viel ist für diesen Träger noch nicht eingegangen."
    assert caught.value.message_dict == {f"amount-{second.public_id}": [told]}
    assert (Payment.objects.count(), PaymentRound.objects.count()) == (0, 0)


@pytest.mark.rule("FU-02")
def test_a_round_pays_nobody_whose_contract_is_not_signed(world, grant, contracts):
    ForwardingContract.objects.filter(pk=contracts[0].pk).update(district_signed_on=None)
    told = refused(pay_round, **round_(world, grant, {one: Decimal(1) for one in contracts}))
    assert told == ["Weitergeleitet wird erst, wenn beide den Weiterleitungsvertrag unterschrieben haben."]
    assert Payment.objects.count() == 0


def test_a_round_belongs_to_one_grant_and_to_its_receiver(world, house, grant, contracts):
    other = deadlines.grant_of(house, name="Andere")
    wrong = refused(pay_round, **round_(world, other, {contracts[0]: Decimal(1)}))
    assert wrong == ["Dieser Vertrag gehört zu einer anderen Zuwendung."]
    assert refused(pay_round, **round_(world, grant, {})) == ["Bitte für mindestens einen Träger einen Betrag angeben."]
    with pytest.raises(NotAllowed):
        pay_round(**{**round_(world, grant, {contracts[0]: Decimal(1)}), "by": world.carrier_manager.actor})


def test_what_is_proposed_can_be_paid_and_what_cannot_has_its_reason(world, grant, contracts):
    ForwardingContract.objects.filter(pk=contracts[1].pk).update(carrier_signed_on=None)
    rows = {row.carrier: row for row in queries.proposals(world.coordinator.actor, grant, YEAR, FEBRUARY)}
    assert (rows[world.nordstadt].amount, rows[world.nordstadt].reason) == (500, "")
    assert rows[world.suedstadt].reason == "Vertrag nicht von beiden unterschrieben"
    pay_round(**round_(world, grant, {contracts[0]: rows[world.nordstadt].amount}))
    after = {row.carrier: row for row in queries.proposals(world.coordinator.actor, grant, YEAR, FEBRUARY)}
    assert after[world.nordstadt].reason == "Nichts eingegangen, was noch nicht weitergeleitet ist"


# The file for the bank -----------------------------------------------------------------------------------------------
def accounts_of(world):
    world_ = {world.district: IBAN, world.nordstadt: OTHER_IBAN, world.suedstadt: "DE02500105170137075030"}
    first, second = world.carrier_manager.person, world.coordinator.person
    for house, iban in world_.items():
        funds_money.account_of(house, first, confirmed_by=second, iban=iban)
    return account_queries.used_on([house.pk for house in world_], FEBRUARY)


def test_the_file_holds_the_schema_and_says_what_the_round_says(world, grant, contracts):
    made = pay_round(**round_(world, grant, dict(zip(contracts, (Decimal("100.50"), Decimal("200.05")), strict=True))))
    content = transfer_file(made, queries.payments_of(made), accounts_of(world), FEBRUARY)
    try_valid_xml(content, SCHEMA)
    file = etree.fromstring(content)
    (head,) = file.xpath("//p:GrpHdr", namespaces=SPACE)
    assert [head.findtext(f"p:{name}", namespaces=SPACE) for name in ("NbOfTxs", "CtrlSum")] == ["2", "300.55"]
    assert head.findtext("p:MsgId", namespaces=SPACE) == f"LOTSE-{made.public_id}"
    paid = file.xpath("//p:CdtTrfTxInf", namespaces=SPACE)
    told = [[one.findtext(f".//p:{name}", namespaces=SPACE) for name in ("InstdAmt", "IBAN", "Ustrd")] for one in paid]
    words = f"Phase, Foerderjahr {YEAR}, Zahlungsrunde 1"
    assert told == [["100.50", OTHER_IBAN, words], ["200.05", "DE02500105170137075030", words]]
    assert file.xpath("//p:DbtrAcct//p:IBAN/text()", namespaces=SPACE) == [IBAN]


pool = some.sampled_from([Decimal(one) for one in ("0.01", "0.10", "33.33", "1234.56", "999999999.99")])


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(amounts=some.lists(pool, min_size=1, max_size=6))
def test_sum_and_number_of_transfers_are_those_of_the_round_to_the_cent(amounts):
    made = PaymentRound(organisation_id=1, number=1, funding_year=YEAR, paid_on=FEBRUARY)
    made.grant = deadlines.Grant(name="Phase")
    account = BankAccount(holder="Träger & Söhne „Beispiel“", iban=IBAN)
    payments = [Payment(organisation_id=2, amount=amount) for amount in amounts]
    file = etree.fromstring(transfer_file(made, payments, {1: account, 2: account}, FEBRUARY))
    assert Decimal(file.findtext(".//p:CtrlSum", namespaces=SPACE)) == sum(amounts)
    each = file.xpath("//p:InstdAmt/text()", namespaces=SPACE)
    assert [Decimal(one) for one in each] == amounts


def test_words_are_written_with_the_letters_that_banks_take():
    assert sepa_words("Träger & Söhne „Beispiel“ – №7") == "Traeger + Soehne Beispiel No7"


# Accounts ------------------------------------------------------------------------------------------------------------
def entered(world, **more):
    return {
        "by": world.carrier_manager.actor, "organisation": world.nordstadt, "holder": "Träger Beispiel", "iban": "de89 3704 0044 0532 0130 00",
        "bic": "", "valid_from": FEBRUARY, **more,
    }  # fmt: skip


@pytest.mark.rule("FU-20")
def test_an_account_is_used_once_a_second_person_has_confirmed_it(world, grant):
    account = enter_account(**entered(world))
    assert account_queries.used_on([world.nordstadt.pk], FEBRUARY) == {}
    with pytest.raises(NotAllowed):
        confirm_account(by=world.carrier_manager.actor, account=account)
    confirm_account(by=world.coordinator.actor, account=account)
    assert account_queries.used_on([world.nordstadt.pk], FEBRUARY) == {world.nordstadt.pk: account}
    assert account_queries.used_on([world.nordstadt.pk], FEBRUARY - timedelta(1)) == {}
    assert refused(confirm_account, by=world.coordinator.actor, account=account) == [
        "Diese Bankverbindung ist schon bestätigt."
    ]


@pytest.mark.rule("FU-20")
def test_a_changed_account_waits_and_the_old_one_is_used_meanwhile(world, grant):
    old = funds_money.account_of(world.nordstadt, world.colleague.person, confirmed_by=world.coordinator.person)
    new = enter_account(**entered(world, iban=OTHER_IBAN))
    (row,) = [r for r in account_queries.house_accounts(world.coordinator.actor, grant, FEBRUARY) if r.waiting]
    assert (row.used, row.waiting, row.may_confirm) == (old, new, True)
    confirm_account(by=world.coordinator.actor, account=new)
    assert account_queries.used_on([world.nordstadt.pk], FEBRUARY)[world.nordstadt.pk] == new
    assert account_queries.waiting_for(world.coordinator.actor, grant) == {}


@pytest.mark.rule("FU-10")
def test_an_account_is_entered_by_who_keeps_the_funds_of_the_house(world, grant):
    with pytest.raises(NotAllowed):
        enter_account(**entered(world, by=world.specialist.actor))
    with pytest.raises(NotAllowed):
        enter_account(**entered(world, organisation=world.suedstadt))
    assert BankAccount.objects.count() == 0


@pytest.mark.parametrize(
    "iban", ["DE88370400440532013000", "DE8937040044053201300", "89DE370400440532013000", "", "DE89-3704"]
)
def test_an_iban_that_cannot_be_is_refused(world, grant, iban):
    told = refused(enter_account, **entered(world, iban=iban))
    assert told == ["Diese IBAN stimmt nicht. Bitte vergleichen Sie sie mit dem Kontoauszug."]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=some.integers(2, 21), digit=some.integers(1, 9))
def test_one_wrong_digit_is_always_found(place, digit):
    wrong = IBAN[:place] + str((int(IBAN[place]) + digit) % 10) + IBAN[place + 1 :]
    assert (rules.is_iban(IBAN), rules.is_iban(wrong)) == (True, False)


def test_a_bic_has_eight_or_eleven_signs(world, grant):
    assert refused(enter_account, **entered(world, bic="COBA")) == ["Eine BIC hat 8 oder 11 Zeichen."]
    assert enter_account(**entered(world, bic="cobadeff xxx")).bic == "COBADEFFXXX"


def test_no_number_of_an_account_stands_in_the_log(world, grant):
    enter_account(**entered(world))
    assert Event.objects.filter(key="bank_account.entered").count() == 1
    assert [row for row in Event.objects.values() if "3704" in str(row)] == []
