"""What a page of a carrier's account shows is what all its rows together say, cut out by the database."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from lotse.funding.enums import EntryKind, PaymentKind
from lotse.funding.models import LedgerEntry
from lotse.funding.queries.balance import balances
from lotse.funding.queries.movement_page import movement_page
from lotse.funding.queries.movements import PILES, POTS, in_pot, movements, sources, sum_of
from tests.factories import funds
from tests.factories.deadlines import YEAR

END = date(YEAR, 12, 31)
PATHS = ["", *POTS, *PILES]


def day(number):
    return date(YEAR, 2, 1) + timedelta(number % 300)


def all_sorts(grant, carrier, seed=7):
    """Few days and every kind of row, so that many stand on one day."""
    dice = Random(seed)
    for number in range(5):
        received = None if number == 4 else day(dice.randrange(9))
        funds.call_of(grant, {carrier: Decimal(500 + number)}, received=received, called_on=date(YEAR, 1, 1))
    contract = funds.contract_of(grant, carrier) if carrier != grant.organisation else None
    for _number in range(6 if contract else 0):
        kind = dice.choice(PaymentKind.values)
        funds.payment_of(contract, Decimal(dice.randrange(1, 9999)) / 100, kind=kind, paid_on=day(dice.randrange(9)))
    booked = [
        funds.entry_of(
            grant, carrier, Decimal(dice.randrange(1, 9999)) / 100, dice.choice(EntryKind.values), on=day(dice.randrange(9)),
            funding_year=dice.choice(grant.years), line=funds.line_of(grant),
        )
        for _number in range(14)
    ]  # fmt: skip
    for row in booked[:3]:
        funds.entry_of(grant, carrier, row.amount, row.kind, on=day(9), reverses=row, line=row.line)


def read(grant, carrier, pot, *, year=None, size=4):
    start, rows = 0, []
    while True:
        found = movement_page(grant, carrier, sources(grant, carrier, END, year), pot, start, size=size)
        rows += found.part.rows
        start = found.part.next_start
        if not start:
            return rows, found


@pytest.mark.rule("FU-11")
@pytest.mark.parametrize("year", [None, YEAR])
@pytest.mark.parametrize("pot", PATHS)
def test_its_pages_one_after_the_other_are_all_rows_with_what_lies_there_afterwards(world, grant, pot, year):
    all_sorts(grant, world.nordstadt)
    all_sorts(grant, world.suedstadt, seed=8)
    every = movements(grant, world.nordstadt, END, year)
    wanted = in_pot(every, pot) if pot else every
    rows, page = read(grant, world.nordstadt, pot, year=year)
    assert rows == wanted
    assert (page.part.total, page.sum) == (len(wanted), sum_of(wanted, pot))
    assert (page.with_receiver, page.with_carrier) == (every[-1].with_receiver, every[-1].with_carrier)


@pytest.mark.parametrize("pot", PATHS)
def test_for_agencies_of_the_receiver_itself_too(grant, pot):
    house = funds.own_agency_of(grant).organisation
    all_sorts(grant, house)
    every = movements(grant, house, END)
    assert read(grant, house, pot)[0] == (in_pot(every, pot) if pot else every)


def test_beyond_the_end_and_without_a_row_it_is_empty(world, grant):
    page = movement_page(grant, world.nordstadt, sources(grant, world.nordstadt, END), "", 0)
    assert (page.part.rows, page.part.total, page.with_carrier) == ([], 0, 0)
    funds.entry_of(grant, world.nordstadt, Decimal("3.21"))
    page = movement_page(grant, world.nordstadt, sources(grant, world.nordstadt, END), "", 50)
    assert (page.part.rows, page.part.next_start, page.part.total, page.with_carrier) == ([], 0, 1, Decimal("-3.21"))


def test_three_thousand_rows_cost_seven_statements(world, grant, login, django_assert_max_num_queries):
    carrier, line = world.nordstadt, funds.line_of(grant)
    funds.call_of(grant, {carrier: Decimal(90_000)})
    funds.payment_of(funds.contract_of(grant, carrier), Decimal(80_000))
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            organisation=carrier, grant=grant, kind=EntryKind.EXPENSE, funding_year=YEAR, on=day(number), amount=Decimal("20.01"),
            payee="Druckerei Beispiel", reason=f"Flyer {number}", line=line,
        )
        for number in range(3000)
    )  # fmt: skip
    asked = sources(grant, carrier, END)
    with django_assert_max_num_queries(7):
        page = movement_page(grant, carrier, asked, "", 2950)
    last, balance = page.part.rows[-1], balances(grant, END)[carrier.pk]
    assert (len(page.part.rows), page.part.total, page.part.next_start) == (50, 3002, 3000)
    assert (page.with_receiver, page.with_carrier) == (balance.with_receiver, balance.with_carrier)
    assert last.with_carrier == balance.with_carrier + 2 * Decimal("20.01")
    web = login(world.coordinator)
    here = f"/foerderung/zuwendungen/{grant.public_id}/traeger/{carrier.public_id}/bewegungen/?am={END}"
    assert "3002 Bewegungen" in web.get(here).content.decode()
    assert "Weitere" not in web.get(f"{here}&ab=3000").content.decode()
