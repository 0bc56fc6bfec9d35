"""Entries from a carrier's bookkeeping: read the German way, all or nothing, taken back and never deleted."""

from datetime import date
from decimal import Decimal

import pytest

from lotse.funding.imports import Euro
from lotse.funding.models import LedgerEntry
from lotse.funding.queries.balance import balances
from lotse.imports.actions import undo_import
from lotse.imports.enums import State
from tests.factories import deadlines, funds
from tests.factories.deadlines import YEAR
from tests.factories.funds_ledger import SPENT_ON, account_of
from tests.funding.refusing import refused
from tests.imports.tables import checked, csv_of, taken_over, told

KIND = "ledger"
HEAD = ("Datum", "Betrag", "Empfänger", "Zweck", "Belegnummer", "Ausgabenart", "Konto")
ROW = (f"04.03.{YEAR}", "1.234,50", "Druckerei Beispiel", "Flyer", "R-1", "Sachausgaben", "")


def place(grant, carrier):
    return {"grant": f"={grant.public_id}", "carrier": f"={carrier.public_id}"}


def check(world, grant, *rows, sign=";"):
    content = csv_of(*rows, head=HEAD, sign=sign)
    return checked(world, content, world.carrier_manager, KIND, **place(grant, world.nordstadt))


def take(world, grant, *rows, sign=";", **more):
    content = csv_of(*rows, head=HEAD, sign=sign)
    return taken_over(world, content, world.carrier_manager, KIND, **more, **place(grant, world.nordstadt))


@pytest.mark.parametrize("sign", [";", ","])
def test_a_row_becomes_an_entry(world, grant, sign):
    line = funds.line_of(grant)
    assert take(world, grant, ROW, sign=sign).state == State.DONE
    entry = LedgerEntry.objects.get()
    kept = (
        entry.on,
        entry.amount,
        entry.payee,
        entry.reason,
        entry.number,
        entry.line,
        entry.organisation,
        entry.funding_year,
    )
    assert kept == (SPENT_ON, Decimal("1234.50"), "Druckerei Beispiel", "Flyer", "R-1", line, world.nordstadt, YEAR)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,50", "1234.50"),
        ("1234,5", "1234.50"),
        ("1.234", "1234.00"),
        ("12,00 €", "12.00"),
        (12.5, "12.50"),
        ("0,01", "0.01"),
    ],
)
def test_amounts_are_read_as_they_are_written_here(typed, amount):
    assert Euro().read(typed, None) == Decimal(amount)


@pytest.mark.parametrize("typed", ["0,00", "-5,00", "viel", "1,234"])
def test_what_is_no_amount_is_refused(typed):
    assert refused(Euro().read, value=typed, desk=None) != []


def test_rows_are_judged_against_the_books_and_the_table(world, grant):
    funds.line_of(grant)
    funds.entry_of(grant, world.nordstadt, 9, number="R-9", payee="A")
    funds.entry_of(grant, world.nordstadt, Decimal("77"), payee="Bahn", on=SPENT_ON)
    run = check(
        world, grant, ROW, ROW, (*ROW[:4], "R-9", *ROW[5:]), (*ROW[:4], "R-2", "Quatsch", ""), (*ROW[:4], "R-3", "", "4711"),
        (ROW[0], "77,00", "bahn", "Fahrt", "R-4", "Sachausgaben", ""), (f"04.03.{YEAR - 1}", "5", "A", "B", "R-5", "Sachausgaben", ""),
    )  # fmt: skip
    assert {line: row for line, row in told(run).items() if line != 2} == {
        3: ("error", ["Die Belegnummer steht schon in Zeile 2."]),
        4: ("error", ["schon gebucht"]),
        5: ("error", ["„Quatsch“ ist keine Ausgabenart dieser Zuwendung."]),
        6: ("error", ["Das Konto 4711 ist noch keiner Ausgabenart zugeordnet."]),
        7: ("duplicate", [f"Am 04.03.{YEAR} ist schon dasselbe gebucht."]),
        8: ("error", [f"Das Jahr {YEAR - 1} gehört nicht zur Förderphase."]),
    }


def test_an_account_stands_in_for_the_kind_of_expense(world, grant):
    account_of(grant, world.nordstadt)
    take(world, grant, (*ROW[:5], "", "4711"))
    assert LedgerEntry.objects.get().line == funds.line_of(grant)


def test_accounts_are_remembered_for_the_next_grant(world, house, grant):
    before = deadlines.grant_of(house, name="Phase davor", first_year=YEAR - 2, last_year=YEAR - 1)
    account_of(before, world.nordstadt, line=funds.line_of(before))
    line = funds.line_of(grant)
    take(world, grant, (*ROW[:5], "", "4711"))
    assert LedgerEntry.objects.get().line == line


@pytest.mark.rule("FU-14")
def test_what_looks_booked_is_taken_only_if_wanted_and_says_so(world, grant):
    funds.entry_of(grant, world.nordstadt, Decimal("1234.50"), on=SPENT_ON)
    take(world, grant, ROW)
    assert LedgerEntry.objects.count() == 1
    take(world, grant, ROW, takes_duplicates=True)
    assert LedgerEntry.objects.order_by("pk").last().double_reason == "beim Übernehmen der Tabelle bestätigt"


def test_undoing_takes_every_row_back_and_deletes_nothing(world, grant):
    funds.line_of(grant)
    run = take(world, grant, ROW, (*ROW[:1], "5", *ROW[2:4], "R-2", *ROW[5:]))
    undo_import(by=world.carrier_manager.actor, run=run)
    assert LedgerEntry.objects.count() == 4
    assert balances(grant, date(YEAR, 3, 4))[world.nordstadt.pk].spent == 0


def test_nobody_takes_over_for_another_carrier(world, grant):
    funds.line_of(grant)
    content = csv_of(ROW, head=HEAD)
    run = checked(world, content, world.carrier_manager, KIND, **place(grant, world.suedstadt))
    assert {category for category, _said in told(run).values()} == {"error"}
