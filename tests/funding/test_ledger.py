"""A cost is booked once, and taken back in the open."""

from datetime import date
from decimal import Decimal

import pytest

from lotse.core.errors import NotAllowed
from lotse.funding.actions.ledger import book, take_back
from lotse.funding.actions.vouchers import book_voucher
from lotse.funding.enums import EntryKind
from lotse.funding.models import LedgerEntry
from lotse.funding.queries.balance import CarrierBalance, balances
from lotse.funding.rules import has_own_share
from lotse.programmes.enums import VoucherKind
from lotse.programmes.models import Voucher
from tests.factories import deadlines, funds
from tests.factories.deadlines import YEAR
from tests.funding.refusing import refused

SPENT_ON = date(YEAR, 3, 4)


def voucher_of(house, **more):
    values = {
        "organisation": house.agency.parent, "unit": house.agency, "funding_year": YEAR, "on": SPENT_ON,
        "amount": Decimal("19.99"), "payee": "Druckerei Beispiel", "reason": "Flyer",
    }  # fmt: skip
    return Voucher.objects.create(**{**values, **more})


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [
        (VoucherKind.EXPENSE, EntryKind.EXPENSE),
        (VoucherKind.DONATION, EntryKind.INCOME),
        (VoucherKind.INCOME, EntryKind.INCOME),
    ],
)
def test_a_voucher_is_booked_as_it_stands(world, house, grant, kind, becomes):
    voucher = voucher_of(house, kind=kind)
    line = funds.line_of(grant) if becomes == EntryKind.EXPENSE else None
    made = book_voucher(by=world.carrier_manager.actor, grant=grant, voucher=voucher, line=line)
    kept = (made.kind, made.funding_year, made.on, made.amount, made.payee, made.reason, made.organisation)
    assert kept == (becomes, YEAR, SPENT_ON, Decimal("19.99"), "Druckerei Beispiel", "Flyer", house.agency.parent)


def test_no_cost_is_booked_twice_unless_it_was_taken_back(world, house, grant):
    by = world.carrier_manager.actor
    values = {"by": by, "grant": grant, "voucher": voucher_of(house), "line": funds.line_of(grant)}
    entry = book_voucher(**values)
    assert refused(book_voucher, **values) == ["Dieser Beleg ist schon gebucht."]
    take_back(by=by, entry=entry, on=SPENT_ON, reason="falsches Förderjahr")
    book_voucher(**values)
    assert balances(grant, SPENT_ON) == {house.agency.parent_id: CarrierBalance(spent=Decimal("19.99"))}


def test_what_was_taken_back_stays_in_the_ledger_and_cannot_be_again(world, grant):
    entry = funds.entry_of(grant, world.nordstadt, 7)
    back = {"by": world.carrier_manager.actor, "on": SPENT_ON, "reason": "doppelt"}
    reversal = take_back(entry=entry, **back)
    told = ["Diese Buchung ist schon zurückgenommen."]
    assert (refused(take_back, entry=entry, **back), refused(take_back, entry=reversal, **back)) == (told, told)
    assert list(LedgerEntry.objects.values_list("amount", "reverses")) == [(7, None), (7, entry.pk)]


def test_an_entry_is_not_taken_back_before_it_was(world, grant):
    entry = funds.entry_of(grant, world.nordstadt, 7, on=SPENT_ON)
    told = refused(take_back, by=world.carrier_manager.actor, entry=entry, on=date(YEAR, 3, 3), reason="zu früh")
    assert told == ["Zurückgenommen wird frühestens am Tag der Buchung."]


def test_an_expense_names_a_kind_of_the_same_financing_plan(world, house, grant):
    values = {"by": world.carrier_manager.actor, "voucher": voucher_of(house), "grant": grant}
    other = funds.line_of(deadlines.grant_of(house, name="Phase davor", first_year=YEAR - 2, last_year=YEAR - 1))
    missing = ["Bitte sagen, zu welcher Ausgabenart des Finanzierungsplans das gehört."]
    assert refused(book_voucher, **values, line=None) == missing
    assert refused(book_voucher, **values, line=other) == ["Diese Ausgabenart gehört zu einer anderen Zuwendung."]


def test_balances_cost_three_statements_however_many_carriers(world, grant, django_assert_num_queries):
    for carrier in (world.nordstadt, world.suedstadt):
        funds.entry_of(grant, carrier, 7)
    with django_assert_num_queries(3):
        assert len(balances(grant, SPENT_ON)) == 2


def test_a_carrier_books_for_itself_and_the_district_for_all(world, grant):
    values = {
        "grant": grant, "carrier": world.suedstadt, "kind": EntryKind.OWN_SHARE, "funding_year": YEAR, "on": SPENT_ON,
        "amount": Decimal(5), "payee": "Eigenmittel", "reason": "Eigenanteil",
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        book(by=world.carrier_manager.actor, **values)
    assert book(by=world.coordinator.actor, **values).organisation == world.suedstadt


@pytest.mark.rule("FU-10")
@pytest.mark.parametrize("name", ["counsellor", "specialist", "technical_lead", "funder", "sysadmin"])
def test_who_does_not_keep_funds_books_nothing(world, house, grant, name):
    with pytest.raises(NotAllowed):
        book_voucher(by=getattr(world, name).actor, grant=grant, voucher=voucher_of(house))


@pytest.mark.rule("FU-01")
@pytest.mark.parametrize(
    ("own", "total", "reached"),
    [("10", "100", True), ("9.99", "100", False), ("9.999", "99.99", True), ("0", "0", True), ("0", "0.01", False)],
)
def test_the_own_share_is_a_tenth_to_the_cent(own, total, reached):
    assert has_own_share(Decimal(own), Decimal(total), Decimal(10)) is reached
