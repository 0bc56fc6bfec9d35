"""The ledger in the browser: booked, found, corrected, taken back, and nothing of another carrier."""

from datetime import date
from decimal import Decimal

import pytest

from lotse.funding.enums import EntryKind
from lotse.funding.models import LedgerEntry
from tests.factories import funds
from tests.factories.deadlines import YEAR
from tests.factories.funds_ledger import SPENT_ON, voucher_of

HOME = "/foerderung/buchungen/"


@pytest.fixture
def manager(world, grant, login):
    return login(world.carrier_manager)


@pytest.fixture
def district(world, grant, login):
    return login(world.coordinator)


def typed(grant, **more):
    values = {
        "kind": "expense", "amount": "1.234,50", "on": SPENT_ON.isoformat(), "payee": "Druckerei Beispiel", "reason": "Flyer",
        "line": funds.line_of(grant).public_id, "number": "R-1", "funding_year": YEAR,
    }  # fmt: skip
    return {**values, **more}


def text(answer):
    return answer.content.decode()


def test_an_expense_is_booked_and_stands_in_the_list(manager, grant):
    answer = manager.post(f"{HOME}neu/", typed(grant), follow=True)
    assert answer.status_code == 200
    assert "1.234,50 €" in text(answer)
    entry = LedgerEntry.objects.get()
    assert (entry.amount, entry.kind, entry.number, entry.funding_year) == (Decimal("1234.50"), "expense", "R-1", YEAR)


def test_own_share_needs_no_kind_of_expense(manager, grant):
    manager.post(f"{HOME}neu/", typed(grant, kind="own_share", line=""))
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.line) == (EntryKind.OWN_SHARE, None)


def test_an_expense_without_its_kind_is_asked_for_it(manager, grant):
    answer = manager.post(f"{HOME}neu/", typed(grant, line=""))
    assert "Bitte sagen, zu welcher Ausgabenart das gehört." in text(answer)
    assert LedgerEntry.objects.count() == 0


@pytest.mark.rule("FU-14")
def test_what_looks_booked_is_booked_again_only_with_a_reason(manager, world, grant):
    funds.entry_of(grant, world.nordstadt, Decimal("1234.50"), on=SPENT_ON)
    answer = manager.post(f"{HOME}neu/", typed(grant))
    assert "ist schon dasselbe gebucht" in text(answer)
    assert 'name="double_reason"' in text(answer)
    manager.post(f"{HOME}neu/", typed(grant, double_reason="zweite Lieferung"))
    assert list(LedgerEntry.objects.values_list("double_reason", flat=True)) == ["", "zweite Lieferung"]


def test_who_sees_several_carriers_says_for_which_she_books(district, world, grant):
    answer = district.get(f"{HOME}neu/")
    assert "Für welchen Träger?" in text(answer)
    district.post(f"{HOME}neu/?traeger={world.suedstadt.public_id}", typed(grant))
    assert LedgerEntry.objects.get().organisation == world.suedstadt


def test_a_carrier_sees_nothing_of_another(manager, world, grant):
    funds.entry_of(grant, world.nordstadt, 7, reason="Eigenes")
    other = funds.entry_of(grant, world.suedstadt, 9, reason="Fremdes")
    page = text(manager.get(HOME))
    assert ("Eigenes" in page, "Fremdes" in page, world.suedstadt.name in page) == (True, False, False)
    assert manager.get(f"{HOME}{other.public_id}/").status_code == 404
    assert manager.get(f"{HOME}?traeger={world.suedstadt.public_id}").status_code == 404


def test_the_list_is_filtered_and_summed(district, world, grant):
    travel = funds.line_of(grant, "Reisekosten")
    funds.entry_of(grant, world.nordstadt, 7, line=travel, reason="Bahn")
    funds.entry_of(grant, world.nordstadt, 11, reason="Papier")
    funds.entry_of(grant, world.suedstadt, 5, EntryKind.OWN_SHARE, reason="Spende Verein")
    answer = district.get(HOME)
    assert answer.context["sums"].expense == 18
    answer = district.get(f"{HOME}?ausgabenart={travel.public_id}")
    assert [row.reason for row in answer.context["page"].rows] == ["Bahn"]
    answer = district.get(f"{HOME}?q=verein&art=own_share")
    assert ([row.reason for row in answer.context["page"].rows], answer.context["sums"].own_share) == (
        ["Spende Verein"],
        5,
    )


def test_the_newest_comes_first_page_by_page(manager, world, grant):
    for number in range(30):
        funds.entry_of(grant, world.nordstadt, 1, on=date(YEAR, 1, 1 + number % 28), reason=f"Nr {number}")
    first = manager.get(HOME).context["page"]
    second = manager.get(f"{HOME}?ab={first.next_cursor}").context["page"]
    days = [row.on for row in (*first.rows, *second.rows)]
    assert (len(first.rows), len(second.rows), days == sorted(days, reverse=True)) == (25, 5, True)


def test_an_entry_is_corrected_in_one_form(manager, world, grant):
    entry = funds.entry_of(grant, world.nordstadt, 7, on=SPENT_ON)
    address = f"{HOME}{entry.public_id}/berichtigen/"
    assert 'value="7,00"' in text(manager.get(address))
    manager.post(address, typed(grant, amount="70,00", why="Komma verrutscht"))
    rows = LedgerEntry.objects.values_list("amount", "reverses", "on", "reason")
    assert list(rows) == [
        (7, None, SPENT_ON, "Flyer"),
        (7, entry.pk, SPENT_ON, "Komma verrutscht"),
        (70, None, SPENT_ON, "Flyer"),
    ]


def test_an_entry_of_a_voucher_is_only_moved(manager, world, house, grant):
    voucher = voucher_of(house)
    entry = funds.entry_of(grant, world.nordstadt, voucher.amount, voucher=voucher, on=SPENT_ON)
    travel = funds.line_of(grant, "Reisekosten")
    manager.post(f"{HOME}{entry.public_id}/berichtigen/", {"why": "Fahrt", "line": travel.public_id, "amount": "1"})
    moved = LedgerEntry.objects.order_by("pk").last()
    assert (moved.line, moved.voucher, moved.amount) == (travel, voucher, voucher.amount)


def test_an_entry_is_taken_back_with_a_reason(manager, world, grant):
    entry = funds.entry_of(grant, world.nordstadt, 7, on=SPENT_ON)
    manager.post(f"{HOME}{entry.public_id}/zurueck/", {"on": SPENT_ON.isoformat(), "reason": "storniert"})
    assert "Zurückgenommen" in text(manager.get(f"{HOME}{entry.public_id}/"))
    assert manager.get(HOME).context["sums"].expense == 0


def test_the_list_costs_the_same_however_long_it_is(manager, world, grant, django_assert_max_num_queries):
    for number in range(26):
        funds.entry_of(grant, world.nordstadt, number + 1)
    with django_assert_max_num_queries(30):
        manager.get(HOME)


def test_the_table_has_every_entry(manager, world, grant):
    funds.entry_of(grant, world.nordstadt, 7)
    answer = manager.get(f"{HOME}ausgabe.xlsx")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def test_without_a_grant_the_page_says_so(world, house, login):
    assert "sobald die Koordination" in text(login(world.carrier_manager).get(HOME))
