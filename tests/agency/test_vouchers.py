"""Costs and donations of a measure: changed in place, after the release by a new entry, taken back."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from lotse.agency.actions import vouchers as acts
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import MeasureVoucher
from lotse.agency.queries.vouchers import is_closed, vouchers_of
from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.documents.intake import receive
from lotse.programmes.models import Voucher
from tests.documents.files import pdf, upload
from tests.factories.agencies import YEAR

PAID = {"kind": "expense", "on": date(YEAR, 3, 4), "amount": Decimal("12.50"), "payee": "Bäckerei", "reason": "Gebäck"}
TYPED = {"kind": "expense", "amount": "13,50", "on": f"{YEAR}-03-04", "payee": "Bäckerei", "reason": "Gebäck"}
UNTIL = date(YEAR + 10, 12, 31)


@pytest.fixture
def row(house):
    by = house.world.worker.actor
    with receive(upload(pdf("Quittung")), by=by) as received:
        return acts.add_voucher(by=by, measure=house.measure(), received=received, **PAID)


def release(house, kind=DocumentKind.REPORT, state=DocumentState.RELEASED, **more):
    document = house.document(kind, **more)
    document.state, document.released_by = state, house.world.coordinator.person
    document.released_at = f"{YEAR + 1}-01-20T12:00Z"
    document.save()


def change(house, row, **more):
    return acts.change_voucher(by=house.world.worker.actor, row=row, **{**PAID, **more})


def page(row, end="aendern/"):
    return f"/agentur/massnahmen/{row.measure.public_id}/beleg/{row.voucher.public_id}/{end}"


def test_an_entry_is_changed_in_place_while_its_year_is_open(house, row):
    assert change(house, row, amount=Decimal(13), revision=1).voucher.amount == 13
    voucher = Voucher.objects.get()
    assert (voucher.amount, voucher.revision, voucher.file.keep_until) == (13, 2, UNTIL)
    assert Event.objects.get(key="measure.voucher_changed").fields == ["amount"]


def test_the_second_who_changes_an_entry_is_told(house, row):
    change(house, row, amount=13, revision=1)
    with pytest.raises(ValidationError, match="Inzwischen"):
        change(house, row, amount=14, revision=1)
    with pytest.raises(ValidationError, match="Inzwischen"):
        acts.take_back_voucher(by=house.world.worker.actor, row=row, revision=1)


@pytest.mark.rule("IA-12")
def test_the_clock_of_the_paper_moves_with_the_year(house, row):
    change(house, row, on=date(YEAR - 1, 12, 1))
    assert Voucher.objects.get().funding_year == YEAR - 1
    assert Voucher.objects.get().file.keep_until == date(YEAR + 9, 12, 31)


@pytest.mark.rule("IA-15")
@pytest.mark.parametrize("kind", [DocumentKind.REPORT, DocumentKind.CONTROLLING])
def test_after_the_release_a_correction_is_a_new_entry_with_its_reason(house, row, kind):
    release(house, kind)
    with pytest.raises(ValidationError, match="warum"):
        change(house, row, amount=13, why=" ")
    change(house, row, amount=13, why="verlesen")
    old, new = Voucher.objects.order_by("pk")
    assert (old.amount, old.revision, old.file.keep_until) == (PAID["amount"], 1, UNTIL)
    assert (new.amount, new.corrects, new.correction_reason, new.file) == (13, old, "verlesen", old.file)
    assert list(Voucher.objects.in_force()) == [new]
    assert MeasureVoucher.objects.get(voucher=new).measure == row.measure


@pytest.mark.rule("IA-15")
def test_only_released_papers_that_tell_of_the_year_close_it(house):
    for kind, state, year in (
        (DocumentKind.ANALYSIS, DocumentState.RELEASED, YEAR),
        (DocumentKind.TASK_PLAN, DocumentState.RELEASED, YEAR),
        (DocumentKind.REPORT, DocumentState.RELEASED, YEAR - 1),
        (DocumentKind.CONTROLLING, DocumentState.READY, YEAR),
    ):
        release(house, kind, state, funding_year=year, until_year=year)
    assert not is_closed(house.agency.pk, YEAR)
    release(house, state=DocumentState.CORRECTION)
    assert is_closed(house.agency.pk, YEAR)
    assert not is_closed(house.far_agency.pk, YEAR)


def test_nothing_is_moved_into_a_year_that_is_closed(house, row):
    release(house, funding_year=YEAR - 1, until_year=YEAR - 1)
    with pytest.raises(ValidationError, match=f"{YEAR - 1} sind freigegeben"):
        change(house, row, on=date(YEAR - 1, 12, 1))


def test_a_paper_that_was_filed_is_never_exchanged(house, row):
    by = house.world.worker.actor
    with receive(upload(pdf("Rechnung")), by=by) as received:
        change(house, row, received=received)
    old, new = Voucher.objects.order_by("pk")
    assert old.file != new.file
    assert (old.file.keep_until, new.file.keep_until) == (UNTIL, UNTIL)


def test_a_paper_that_serves_two_entries_is_kept_for_the_later_year(house, row):
    release(house)
    change(house, row, on=date(YEAR + 1, 1, 5), why="falscher Tag")
    assert Voucher.objects.first().file.keep_until == date(YEAR + 11, 12, 31)


@pytest.mark.rule("IA-15")
def test_what_is_taken_back_counts_no_longer_and_stays_with_its_paper(house, row):
    made = acts.take_back_voucher(by=house.world.worker.actor, row=row, revision=1)
    assert not Voucher.objects.in_force().exists()
    assert Voucher.objects.get(corrects=None).file.keep_until == UNTIL
    for other in (row, made):
        with pytest.raises(ValidationError, match="schon berichtigt"):
            change(house, other, amount=14)


def test_after_the_release_taking_back_needs_a_reason(house, row):
    release(house)
    with pytest.raises(ValidationError, match="warum"):
        acts.take_back_voucher(by=house.world.worker.actor, row=row)
    acts.take_back_voucher(by=house.world.worker.actor, row=row, why="doppelt")


def test_only_the_agency_changes_its_entries(house, row, login):
    for act in (
        lambda by: acts.change_voucher(by=by, row=row, **PAID),
        lambda by: acts.take_back_voucher(by=by, row=row),
    ):
        for name in ("coordinator", "far_worker"):
            with pytest.raises(NotAllowed):
                act(house.world.personas[name].actor)
    for end in ("aendern/", "zuruecknehmen/"):
        assert login(house.world.coordinator).get(page(row, end)).status_code == 403
        assert login(house.world.far_worker).get(page(row, end)).status_code == 404


def test_an_entry_of_another_measure_is_not_found(house, row, login):
    other = house.measure()
    url = page(row).replace(row.measure.public_id, other.public_id)
    assert login(house.world.worker).get(url).status_code == 404


def test_an_amount_of_nothing_is_refused_in_place(house, row):
    with pytest.raises(ValidationError, match="über 0 Euro"):
        change(house, row, amount=Decimal(0))


def test_the_page_changes_and_then_corrects(house, row, login):
    web, measure = login(house.world.worker), f"/agentur/massnahmen/{row.measure.public_id}/"
    assert 'name="why"' not in web.get(page(row)).content.decode()
    assert web.post(page(row), {**TYPED, "revision": 1}).status_code == 302
    assert "13,50 €" in web.get(measure).content.decode()
    release(house)
    assert "sind freigegeben" in web.get(page(row)).content.decode()
    refused = web.post(page(row), {**TYPED, "amount": "14,00", "revision": 2}).content.decode()
    assert 'value="14,00"' in refused
    web.post(page(row), {**TYPED, "amount": "14,00", "revision": 2, "why": "verlesen"})
    shown = web.get(measure).content.decode()
    assert "<s>13,50 €</s>" in shown
    assert "berichtigt: verlesen" in shown
    assert "14,00 €" in shown


def test_the_page_takes_back(house, row, login):
    web, measure = login(house.world.worker), f"/agentur/massnahmen/{row.measure.public_id}/"
    assert page(row, "zuruecknehmen/") in web.get(page(row)).content.decode()
    web.post(page(row, "zuruecknehmen/"), {"why": "doppelt", "revision": 1})
    shown = web.get(measure).content.decode()
    assert "zurückgenommen: doppelt" in shown
    assert page(row) not in shown
    assert page(row, "") in shown


def test_a_correction_stands_next_to_what_it_corrects(house, row):
    by = house.world.worker.actor
    later = acts.add_voucher(by=by, measure=row.measure, **{**PAID, "reason": "Saft"})
    release(house)
    second = change(house, row, amount=13, why="verlesen")
    third = change(house, second, amount=14, why="noch einmal verlesen")
    acts.take_back_voucher(by=by, row=third, why="doppelt")
    assert vouchers_of(row.measure) == [row, second, third, later]


def test_who_oversees_the_agency_reads_and_changes_nothing(house, row, login):
    shown = login(house.world.coordinator).get(f"/agentur/massnahmen/{row.measure.public_id}/").content.decode()
    assert "12,50 €" in shown
    assert page(row) not in shown
