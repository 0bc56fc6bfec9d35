"""Vouchers of the measures are booked once, follow their corrections, and are never typed again."""

from datetime import date
from decimal import Decimal

import pytest

from lotse.funding.actions.vouchers import book_voucher, follow_voucher
from lotse.funding.models import LedgerEntry
from lotse.funding.queries.balance import CarrierBalance, balances
from lotse.programmes.enums import VoucherKind
from tests.factories import funds
from tests.factories.deadlines import YEAR
from tests.factories.funds_ledger import SPENT_ON, voucher_of
from tests.funding.refusing import refused

INBOX = "/foerderung/buchungen/belege/"


def waiting(client):
    return [row.reason for row in client.get(INBOX).context["page"].rows]


def test_what_is_chosen_is_booked_in_one_step(world, house, grant, login):
    client, line = login(world.carrier_manager), funds.line_of(grant)
    chosen = [voucher_of(house, reason="Flyer"), voucher_of(house, reason="Honorar", amount=50)]
    voucher_of(house, reason="Bleibt", amount=9)
    voucher_of(house, reason="Fremdes", unit=house.far_agency, organisation=house.far_agency.parent)
    client.post(INBOX, {"line": line.public_id, "voucher": [row.public_id for row in chosen]})
    assert waiting(client) == ["Bleibt"]
    assert list(LedgerEntry.objects.values_list("voucher", "line")) == [(row.pk, line.pk) for row in chosen]


@pytest.mark.rule("FU-14")
def test_what_looks_booked_stays_and_is_booked_by_itself_with_a_reason(world, house, grant, login):
    client, line = login(world.carrier_manager), funds.line_of(grant)
    funds.entry_of(grant, world.nordstadt, Decimal("19.99"), on=SPENT_ON)
    voucher = voucher_of(house)
    client.post(INBOX, {"line": line.public_id, "voucher": [voucher.public_id]})
    assert waiting(client) == ["Flyer"]
    alone = f"{INBOX}{voucher.public_id}/"
    assert "ist schon dasselbe gebucht" in client.post(alone, {"line": line.public_id}).content.decode()
    client.post(alone, {"line": line.public_id, "double_reason": "zweiter Druck"})
    assert LedgerEntry.objects.get(voucher=voucher).double_reason == "zweiter Druck"


def test_a_donation_is_booked_as_income_without_a_kind_of_expense(world, house, grant, login):
    voucher = voucher_of(house, kind=VoucherKind.DONATION)
    login(world.carrier_manager).post(f"{INBOX}{voucher.public_id}/", {"double_reason": ""})
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.line) == ("income", None)


@pytest.mark.parametrize(("amount", "spent"), [(30, 30), (0, 0)])
def test_a_voucher_changed_after_booking_is_followed_with_one_click(world, house, grant, login, amount, spent):
    client, voucher = login(world.carrier_manager), voucher_of(house)
    entry = book_voucher(by=world.carrier_manager.actor, grant=grant, voucher=voucher, line=funds.line_of(grant))
    voucher_of(house, corrects=voucher, amount=amount, correction_reason="Rabatt")
    assert "Geändert nach der Buchung" in client.get(INBOX).content.decode()
    assert waiting(client) == []
    client.post(f"/foerderung/buchungen/{entry.public_id}/nachziehen/")
    assert balances(grant, SPENT_ON) == {world.nordstadt.pk: CarrierBalance(spent=Decimal(spent))}
    assert "Geändert nach der Buchung" not in client.get(INBOX).content.decode()


def test_a_correction_is_not_booked_beside_what_it_corrects(world, house, grant):
    by, line, voucher = world.carrier_manager.actor, funds.line_of(grant), voucher_of(house)
    entry = book_voucher(by=by, grant=grant, voucher=voucher, line=line)
    assert refused(follow_voucher, by=by, entry=entry) == ["Der Beleg ist seit der Buchung nicht geändert worden."]
    later = voucher_of(house, corrects=voucher, amount=30)
    told = refused(book_voucher, by=by, grant=grant, voucher=later, line=line)
    assert told == ["Davor war ein anderer Stand dieses Belegs gebucht. Bitte übernehmen Sie dort die Änderung."]


def test_a_voucher_of_another_carrier_does_not_exist(world, house, grant, login):
    voucher = voucher_of(house, unit=house.far_agency, organisation=house.far_agency.parent)
    client = login(world.carrier_manager)
    assert client.get(f"{INBOX}{voucher.public_id}/").status_code == 404


def test_vouchers_of_years_outside_the_phase_do_not_wait(world, house, grant, login):
    voucher_of(house, funding_year=YEAR - 1, on=date(YEAR - 1, 5, 5))
    assert waiting(login(world.carrier_manager)) == []
