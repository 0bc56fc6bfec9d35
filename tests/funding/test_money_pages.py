"""Contracts, calls, rounds and accounts in the browser; the first page of the room, and what its sums open to."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from lxml import html
from openpyxl import load_workbook

from lotse.funding.models import BankAccount, CallOfFunds, ContractAmendment, ForwardingContract, Payment, PaymentRound
from lotse.funding.queries.balance import balances
from lotse.funding.queries.calls import proposed_shares, share_lines
from lotse.funding.queries.movements import PILES, POTS, in_pot, movements, sum_of
from lotse.funding.queries.overview import to_do
from lotse.organisations.enums import OrganisationKind
from lotse.programmes.models import GrantAgency
from tests.documents.files import upload
from tests.factories import funds, funds_money
from tests.factories.deadlines import YEAR
from tests.factories.funds_money import IBAN, OTHER_IBAN
from tests.personas import organisation

FEBRUARY = date(YEAR, 2, 5)
ROOM = "/foerderung/"


@pytest.fixture
def receiver(world, login):
    return login(world.coordinator)


@pytest.fixture
def carrier(world, login):
    return login(world.carrier_manager)


def moved(world, grant):
    """Money of both carriers, on every way that there is."""
    for one in (world.nordstadt, world.suedstadt):
        contract = funds.contract_of(grant, one)
        funds.call_of(grant, {one: Decimal(500)})
        funds.payment_of(contract, Decimal("300.25"))
        funds.payment_of(contract, 40, kind="repayment", paid_on=date(YEAR, 3, 1), reason="übrig")
        funds.entry_of(grant, one, Decimal("120.10"))
        wrong = funds.entry_of(grant, one, 70, "own_share")
        funds.entry_of(grant, one, 70, "own_share", reverses=wrong, on=date(YEAR, 3, 2))
        funds.entry_of(grant, one, 30, "own_share")
        funds.entry_of(grant, one, 9, "income")


# The first page ------------------------------------------------------------------------------------------------------
def test_the_room_begins_with_every_carrier_and_the_sums(world, grant, receiver):
    moved(world, grant)
    page = receiver.get(f"{ROOM}?am={YEAR}-12-31&jahr={YEAR}").content.decode()
    assert [name in page for name in (world.nordstadt.name, world.suedstadt.name, "Alle Träger")] == [True] * 3
    assert [page.count(words) for words in ("300,25", "600,50", "239,75", "479,50")] == [2, 1, 2, 2]


def test_on_an_earlier_day_there_was_less(world, grant, receiver):
    moved(world, grant)
    page = receiver.get(f"{ROOM}?am={YEAR}-01-31").content.decode()
    assert ("300,25" in page, f"Mittel am 31.01.{YEAR}" in page) == (False, True)
    assert receiver.get(f"{ROOM}?am=gestern&jahr=1").status_code == 200


@pytest.mark.rule("FU-10")
def test_a_carrier_sees_its_own_line_and_nothing_of_another(world, grant, carrier):
    moved(world, grant)
    for address in ("", "weiterleitung/", "abrufe/", "konten/", "zahlungen/"):
        page = carrier.get(f"{ROOM}{address}")
        assert (page.status_code, world.suedstadt.name in page.content.decode()) == (200, False)
    page = carrier.get(ROOM).content.decode()
    assert (world.nordstadt.name in page, "Alle Träger" in page) == (True, False)
    own, other = (
        f"{ROOM}zuwendungen/{grant.public_id}/traeger/{one.public_id}/bewegungen/"
        for one in (world.nordstadt, world.suedstadt)
    )
    assert [carrier.get(url).status_code for url in (own, other)] == [200, 404]
    theirs = ForwardingContract.objects.get(organisation=world.suedstadt)
    assert carrier.get(f"{ROOM}vertraege/{theirs.public_id}/").status_code == 404


def test_without_a_grant_the_room_says_how_one_begins(world, house, receiver):
    for address in ("", "weiterleitung/", "abrufe/", "konten/", "zahlungen/"):
        assert receiver.get(f"{ROOM}{address}").status_code == 200


@pytest.mark.parametrize("address", ["", "weiterleitung/", "abrufe/", "konten/"])
def test_twenty_carriers_cost_as_many_statements_as_two(world, grant, receiver, address, django_assert_max_num_queries):
    moved(world, grant)
    with django_assert_max_num_queries(75):
        receiver.get(f"{ROOM}{address}?zuwendung={grant.public_id}")


@pytest.mark.rule("FU-11")
def test_every_sum_opens_to_its_rows(world, grant):
    moved(world, grant)
    on = date(YEAR, 12, 31)
    rows, balance = movements(grant, world.nordstadt, on, YEAR), balances(grant, on, YEAR)[world.nordstadt.pk]
    assert {pot: sum_of(in_pot(rows, pot), pot) for pot in POTS | PILES} == {
        pot: getattr(balance, pot) for pot in POTS | PILES
    }
    assert (rows[-1].with_receiver, rows[-1].with_carrier) == (balance.with_receiver, balance.with_carrier)


def test_the_movements_of_a_carrier_are_narrowed_and_printed(world, grant, carrier):
    moved(world, grant)
    here = f"{ROOM}zuwendungen/{grant.public_id}/traeger/{world.nordstadt.public_id}/bewegungen"
    page = carrier.get(f"{here}/?art=own_share&am={YEAR}-12-31").content.decode()
    assert [words in page for words in ("3 Bewegungen", "-70,00", "Rücknahme")] == [True] * 3
    assert carrier.get(f"{here}.pdf?am={YEAR}-12-31").headers["Content-Type"] == "application/pdf"
    table = load_workbook(io.BytesIO(carrier.get(f"{here}.xlsx?am={YEAR}-12-31").content)).worksheets[0]
    assert [cell.value for cell in table[2]][1:4] == ["Eingegangen", f"Mittelabruf vom 15.01.{YEAR}", 500]
    assert (table.max_row, carrier.get(f"{here}.exe").status_code) == (9, 404)


def test_what_is_to_be_done_is_said_to_whom_it_concerns(world, grant):
    today = date(YEAR, 12, 31)
    contract = funds.contract_of(grant, world.nordstadt)
    funds.call_of(grant, {world.nordstadt: 500})
    funds.call_of(grant, {world.nordstadt: 100}, received=None)
    funds_money.amendment_of(contract, {YEAR: 5})
    funds_money.account_of(world.nordstadt, world.colleague.person)
    said = {point.words: (point.count, point.amount) for point in to_do(world.coordinator.actor, grant, today)}
    assert said == {
        "Träger ohne Weiterleitungsvertrag": (1, None),
        "Nachtrag nicht von beiden unterschrieben": (1, None),
        "Abgerufenes Geld noch nicht ausgegeben": (1, 500),
        "Bankverbindung wartet auf Bestätigung": (1, None),
        "Mittelabruf noch nicht eingegangen": (1, 100),
        f"Für {YEAR} eingegangen, noch nicht weitergeleitet": (1, 500),
    }
    kinds = {point.kind for point in to_do(world.carrier_manager.actor, grant, today)}
    assert kinds == {"contracts", "spending", "accounts"}


# Contracts -----------------------------------------------------------------------------------------------------------
def test_a_contract_from_its_amounts_to_both_signatures(world, grant, receiver, carrier):
    funds.cost_of(grant, world.nordstadt, Decimal("1234.50"))
    begin = f"{ROOM}zuwendungen/{grant.public_id}/traeger/{world.nordstadt.public_id}/vertrag/"
    assert 'value="1234,50"' in receiver.get(begin).content.decode().replace("1.234", "1234")
    receiver.post(begin, {f"amount-{YEAR}": "1.234,50", f"amount-{YEAR + 1}": ""})
    made = ForwardingContract.objects.get()
    assert [(row.funding_year, row.amount) for row in made.years.all()] == [(YEAR, Decimal("1234.50"))]
    here = f"{ROOM}vertraege/{made.public_id}"
    assert carrier.post(f"{here}/unterschrift/empfaenger/", {"on": FEBRUARY}).status_code == 403
    carrier.post(f"{here}/unterschrift/traeger/", {"on": FEBRUARY})
    receiver.post(f"{here}/unterschrift/empfaenger/", {"on": FEBRUARY})
    made.refresh_from_db()
    assert (made.in_force_from, receiver.get(f"{here}/unterschrift/beide/").status_code) == (FEBRUARY, 404)
    assert carrier.get(f"{here}/papier/").status_code == 404
    receiver.post(f"{here}/ablegen/", {"file": upload()})
    assert carrier.get(f"{here}/papier/").status_code == 200
    assert receiver.get(f"{here}/vertrag.pdf").headers["Content-Type"] == "application/pdf"


def test_an_amendment_and_a_repayment_from_the_page_of_a_contract(world, grant, receiver, carrier):
    contract = funds.contract_of(grant, world.nordstadt)
    funds.payment_of(contract, 500)
    here = f"{ROOM}vertraege/{contract.public_id}"
    receiver.post(f"{here}/nachtrag/", {"reason": "mehr", f"amount-{YEAR}": "10500", f"amount-{YEAR + 1}": "10000"})
    amendment = ContractAmendment.objects.get()
    receiver.post(
        f"{here}/rueckzahlung/", {"funding_year": YEAR, "paid_on": FEBRUARY, "amount": "20,50", "reason": "übrig"}
    )
    assert Payment.objects.get(kind="repayment").amount == Decimal("20.50")
    page = carrier.get(f"{here}/").content.decode()
    assert [words in page for words in ("1. Nachtrag", "10.500,00", "9.520,50", "−20,50")] == [True] * 4
    there = f"{ROOM}nachtraege/{amendment.public_id}"
    assert receiver.get(f"{there}/nachtrag.pdf").headers["Content-Type"] == "application/pdf"
    receiver.post(f"{there}/verwerfen/")
    assert ContractAmendment.objects.count() == 0


def test_a_draft_of_a_contract_goes_away_from_its_page(world, grant, receiver):
    draft = funds.contract_of(grant, world.nordstadt, signed=None)
    receiver.post(f"{ROOM}vertraege/{draft.public_id}/verwerfen/")
    assert ForwardingContract.objects.count() == 0


# Calls ---------------------------------------------------------------------------------------------------------------
def test_a_call_is_made_printed_and_received(world, grant, receiver):
    url, day = f"{ROOM}zuwendungen/{grant.public_id}/abruf/", timezone.localdate()
    typed = {f"amount-{world.nordstadt.public_id}": "1.500", f"amount-{world.suedstadt.public_id}": ""}
    days = {"called_on": day, "spend_from": day, "spend_until": day + timedelta(60)}
    receiver.post(f"{url}?jahr={YEAR + 1}", {**typed, **days})
    made = CallOfFunds.objects.get()
    assert (made.funding_year, [share.amount for share in made.shares.all()]) == (YEAR + 1, [1500])
    receiver.post(f"{ROOM}abrufe/{made.public_id}/eingang/", {"received_on": day})
    page = receiver.get(f"{ROOM}abrufe/{made.public_id}/").content.decode()
    assert [words in page for words in ("1.500,00", "Auszugeben bis")] == [True, True]
    assert receiver.get(f"{ROOM}abrufe/{made.public_id}/abruf.pdf").headers["Content-Type"] == "application/pdf"


def test_called_money_is_to_be_spent_in_time_the_oldest_first(world, grant):
    funds.call_of(grant, {world.nordstadt: 500}, received=date(YEAR, 2, 1))
    funds.call_of(grant, {world.nordstadt: 300}, received=date(YEAR, 3, 1))
    funds.entry_of(grant, world.nordstadt, 450)
    on = date(YEAR, 2, 1) + timedelta(grant.spend_within_days)
    actor = world.coordinator.actor
    lines = [(line.unspent, line.is_late(on)) for line in share_lines(actor, grant, on)]
    assert lines == [(50, False), (300, False)]
    late = [line.is_late(on + timedelta(1)) for line in share_lines(actor, grant, on + timedelta(1))]
    assert late == [True, False]


def test_what_is_proposed_for_a_call_is_needed_and_not_there_and_not_called(world, grant):
    funds.contract_of(grant, world.nordstadt, amount=Decimal(3_650))
    funds.contract_of(grant, world.suedstadt, amount=Decimal(3_650))
    funds.call_of(grant, {world.nordstadt: 100})
    assert proposed_shares(grant, YEAR, date(YEAR, 3, 1)) == {world.nordstadt.pk: 500, world.suedstadt.pk: 600}
    funds.call_of(grant, {world.suedstadt: 3_600}, received=None)
    assert proposed_shares(grant, YEAR, date(YEAR, 3, 1))[world.suedstadt.pk] == 50


# Rounds and accounts -------------------------------------------------------------------------------------------------
def test_a_round_is_proposed_paid_and_written_for_the_bank(world, grant, receiver):
    contract = funds.contract_of(grant, world.nordstadt)
    funds.contract_of(grant, world.suedstadt, signed=None)
    funds.call_of(grant, {world.nordstadt: 500, world.suedstadt: 400})
    url = f"{ROOM}zuwendungen/{grant.public_id}/zahlung/?jahr={YEAR}&am={FEBRUARY}"
    page = receiver.get(url).content.decode()
    assert [words in page for words in ("500,00", "nicht von beiden unterschrieben", "400,00 € warten")] == [True] * 3
    too_much = receiver.post(url, {f"amount-{contract.public_id}": "500,01"}).content.decode()
    assert ("So viel ist für diesen Träger noch nicht eingegangen." in too_much, Payment.objects.count()) == (True, 0)
    receiver.post(url, {f"amount-{contract.public_id}": "499,99"})
    made = PaymentRound.objects.get()
    here = f"{ROOM}zahlungen/{made.public_id}/"
    assert receiver.get(f"{here}ueberweisungen.xml").status_code == 302
    assert "Für " in receiver.get(here).content.decode()
    second = world.carrier_manager.person
    for house, iban in ((world.district, IBAN), (world.nordstadt, OTHER_IBAN)):
        funds_money.account_of(house, world.coordinator.person, confirmed_by=second, iban=iban)
    assert "DE02 1203 0000" in receiver.get(here).content.decode()
    answer = receiver.get(f"{here}ueberweisungen.xml")
    content = b"".join(answer.streaming_content)
    assert (answer.headers["Content-Type"], b"499.99" in content, OTHER_IBAN.encode() in content) == (
        "application/xml",
        True,
        True,
    )


@pytest.mark.rule("FU-20")
def test_an_account_is_entered_by_one_and_confirmed_by_another(world, grant, receiver, carrier):
    here = f"{ROOM}zuwendungen/{grant.public_id}/konten/"
    typed = {"holder": "Träger Beispiel", "iban": "DE89 3704 0044 0532 0130 00", "bic": "", "valid_from": FEBRUARY}
    wrong = carrier.post(f"{here}{world.nordstadt.public_id}/neu/", {**typed, "iban": "DE00"})
    assert "Diese IBAN stimmt nicht." in wrong.content.decode()
    carrier.post(f"{here}{world.nordstadt.public_id}/neu/", typed)
    account = BankAccount.objects.get()
    assert "Bestätigen muss jemand anderes." in carrier.get(f"{ROOM}konten/").content.decode()
    assert carrier.post(f"{here}{account.public_id}/bestaetigen/").status_code == 403
    receiver.post(f"{here}{account.public_id}/bestaetigen/")
    account.refresh_from_db()
    assert account.confirmed_by == world.coordinator.person
    assert carrier.get(f"{here}{world.suedstadt.public_id}/neu/").status_code == 404


# Many carriers --------------------------------------------------------------------------------------------------------
@pytest.fixture
def crowd(world, grant):
    """Twenty more carriers; money has come for every second one that has a contract."""
    made = [
        organisation(f"KV Beispiel {number:02}", OrganisationKind.COUNTY_ASSOCIATION, world.district, is_carrier=True)
        for number in range(20)
    ]
    for house in made:
        GrantAgency.objects.create(
            grant=grant, organisation=house, agency=organisation("IA", OrganisationKind.AGENCY, house)
        )
    for house in made[:10]:
        funds.contract_of(grant, house)
    funds.call_of(grant, {house: Decimal(100) for house in made[::2]})
    return made


def rows_of(page, folded):
    tree = html.fromstring(page)
    inside = "ancestor::details" if folded else "not(ancestor::details)"
    return [one.text for one in tree.xpath(f"//table[contains(@class, 'amounts')]//th[{inside}]/label")]


def test_a_long_form_shows_first_what_is_proposed_and_folds_the_rest(world, grant, crowd, receiver):
    url = f"{ROOM}zuwendungen/{grant.public_id}/zahlung/?jahr={YEAR}&am={FEBRUARY}"
    page = receiver.get(url).content.decode()
    assert rows_of(page, folded=False) == [house.name for house in crowd[:10:2]]
    assert ("Vorgeschlagen sind zusammen 500,00 €" in page, "17 Träger bekommen jetzt nichts" in page) == (True, True)
    call = f"{ROOM}zuwendungen/{grant.public_id}/abruf/?jahr={YEAR}"
    page = receiver.get(call).content.decode()
    assert rows_of(page, folded=False) == [house.name for house in crowd[:10]]
    assert (len(rows_of(page, folded=True)), "12 Träger ohne Vorschlag" in page) == (12, True)
    typed = receiver.post(call, {f"amount-{crowd[-1].public_id}": "viel"}).content.decode()
    assert crowd[-1].name in rows_of(typed, folded=False)


def test_a_long_form_is_narrowed_to_a_name_and_counts_for_those_alone(world, grant, crowd, receiver):
    url = f"{ROOM}zuwendungen/{grant.public_id}/zahlung/?jahr={YEAR}&am={FEBRUARY}&name=beispiel+02"
    page = receiver.get(url).content.decode()
    assert (rows_of(page, folded=False), "Gezahlt wird nur an die Träger in dieser Liste." in page) == (
        ["KV Beispiel 02"],
        True,
    )
    names = dict.fromkeys(html.fromstring(page).xpath("//table//input/@name"), "100,00")
    receiver.post(url, {**names, "amount-gibtesnicht": "5"})
    assert [row.organisation for row in Payment.objects.all()] == [crowd[2]]
    assert "Kein Träger heißt so." in receiver.get(f"{url}x").content.decode()


def test_a_short_form_folds_nothing(world, grant, receiver):
    funds.contract_of(grant, world.nordstadt)
    page = receiver.get(f"{ROOM}zuwendungen/{grant.public_id}/abruf/?jahr={YEAR}").content.decode()
    assert (rows_of(page, folded=False), rows_of(page, folded=True)) == (
        [world.nordstadt.name, world.suedstadt.name],
        [],
    )
    assert "Nur Träger mit diesem Wort" not in page
