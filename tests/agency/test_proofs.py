"""Proofs of a measure: kept until ten years after the funding year, lists of names opened for a reason (IA-12)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from lotse.agency import rules
from lotse.agency.actions.measures import change_measure
from lotse.agency.actions.proofs import file_proof, remove_proof
from lotse.agency.actions.vouchers import add_voucher
from lotse.agency.models import MeasureEvidence
from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.documents import chores
from lotse.documents.enums import DeletionReason, EvidenceKind
from lotse.documents.intake import receive
from lotse.documents.models import Deletion, Evidence
from lotse.documents.queries import files_due
from lotse.programmes.enums import VoucherKind
from lotse.programmes.models import Voucher
from tests.agency.test_measures import entry
from tests.documents.files import pdf, upload
from tests.factories.agencies import YEAR

KEPT_UNTIL = date(YEAR + 10, 12, 31)


def filed(house, measure=None, kind=EvidenceKind.ATTENDANCE_LIST, content=None):
    by, measure = house.world.worker.actor, measure or house.measure()
    with receive(upload(content), by=by) as received:
        file_proof(by=by, measure=measure, received=received, kind=kind)
    return MeasureEvidence.objects.latest("pk")


def opening(proof):
    return f"/agentur/nachweise/{proof.evidence.public_id}/"


@pytest.mark.rule("IA-12")
def test_a_proof_has_its_clock_from_the_first_moment(house):
    proof = filed(house)
    evidence = proof.evidence
    assert (evidence.funding_year, evidence.file.keep_until, evidence.file.retention_class) == (
        YEAR,
        KEPT_UNTIL,
        "evidence",
    )
    assert evidence.has_personal_data


@pytest.mark.rule("IA-12")
def test_a_measure_that_moves_to_another_year_takes_the_clock_along(house):
    proof = filed(house)
    change_measure(by=house.world.worker.actor, measure=proof.measure, entry=entry(on=date(YEAR - 1, 12, 30)))
    moved = Evidence.objects.get()
    assert (moved.funding_year, moved.file.keep_until) == (YEAR - 1, date(YEAR + 9, 12, 31))


@pytest.mark.rule("IA-12")
def test_a_proof_of_two_measures_is_kept_for_the_later_one(house):
    proof = filed(house)
    other = house.measure()
    MeasureEvidence.objects.create(organisation=other.organisation, measure=other, evidence=proof.evidence)
    change_measure(by=house.world.worker.actor, measure=proof.measure, entry=entry(on=date(YEAR - 1, 12, 30)))
    assert Evidence.objects.get().file.keep_until == KEPT_UNTIL


@pytest.mark.rule("IA-12")
def test_the_deletion_run_waits_for_the_last_day(house):
    filed(house)
    assert list(files_due(KEPT_UNTIL)) == []
    assert [f.evidence for f in files_due(date(YEAR + 11, 1, 1))] == [Evidence.objects.get()]


@pytest.mark.rule("IA-12")
def test_nine_years_later_an_auditor_asks_for_one_list_and_two_years_after_that_it_is_gone(house, login, monkeypatch):
    measure = house.measure(title="Sommerfest im Hof")
    proof = filed(house, measure, content=pdf("Unterschriften"))
    for _ in range(3):
        filed(house)
    coordinator = login(house.world.coordinator)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(YEAR + 9, 6, 1))
    query = f"jahr={YEAR}&agentur={house.agency.public_id}&art=attendance_list&q=sommerfest"
    found = coordinator.get(f"/agentur/nachweise/?{query}").content.decode()
    assert found.count("mit Namen") == 1
    assert opening(proof) in found
    answer = coordinator.post(opening(proof), {"reason": "authority", "sign": "BR 12/36"})
    assert b"Unterschriften" in answer.content
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(YEAR + 11, 6, 1))
    chores.delete_due_files()
    assert coordinator.post(opening(proof), {"reason": "authority"}).status_code == 404
    gone = Evidence.objects.get(pk=proof.evidence.pk)
    assert (gone.title, gone.file.storage_name) == ("", "")
    assert "gelöscht" in coordinator.get(f"/agentur/nachweise/?{query}").content.decode()


@pytest.mark.rule("IA-12")
def test_a_list_of_names_asks_what_for_before_it_opens_and_logs_it(house, login):
    proof = filed(house)
    web = login(house.world.worker)
    asked = web.get(opening(proof))
    assert "Wofür wird die Liste gebraucht?" in asked.content.decode()
    assert web.post(opening(proof), {}).headers["Content-Type"].startswith("text/html")
    assert not Event.objects.filter(is_read=True).exists()
    web.post(opening(proof), {"reason": "person", "sign": ""})
    (event,) = Event.objects.filter(is_read=True)
    assert event.object_ref == proof.evidence.public_id
    assert event.details == {"what": "Teilnehmerliste (Jemand fragt nach den eigenen Daten)"}
    assert "Jemand fragt nach den eigenen Daten" in web.get(opening(proof)).content.decode()


@pytest.mark.rule("IA-12")
def test_names_are_opened_by_the_agency_and_by_who_releases(world, house):
    openers = {name for name, p in world.personas.items() if p.person and rules.opens_names(p.actor, house.agency)}
    assert openers == {"worker", "specialist", "coordinator"}


def test_the_carrier_sees_that_there_is_a_list_and_does_not_open_it(house, login):
    proof = filed(house)
    web = login(house.world.carrier_manager)
    assert opening(proof) in web.get(f"/agentur/nachweise/?jahr={YEAR}").content.decode()
    assert web.get(opening(proof)).status_code == 403
    assert login(house.world.far_worker).get(opening(proof)).status_code == 404


def test_a_flyer_opens_at_once(house, login):
    proof = filed(house, kind=EvidenceKind.FLYER, content=pdf("Einladung"))
    assert b"Einladung" in login(house.world.carrier_manager).get(opening(proof)).content


def test_a_proof_filed_by_mistake_is_gone_for_good(house):
    proof = filed(house)
    remove_proof(by=house.world.worker.actor, proof=proof)
    assert not MeasureEvidence.objects.exists()
    assert Evidence.objects.get().file.deleted_at
    assert Deletion.objects.get().reason == DeletionReason.MISTAKE


def test_a_proof_that_another_measure_stands_on_stays(house):
    proof = filed(house)
    other = house.measure()
    MeasureEvidence.objects.create(organisation=other.organisation, measure=other, evidence=proof.evidence)
    remove_proof(by=house.world.worker.actor, proof=proof)
    assert Evidence.objects.get().file.deleted_at is None


def test_only_the_agency_files_proofs(house):
    measure, by = house.measure(), house.world.coordinator.actor
    with pytest.raises(NotAllowed), receive(upload(), by=by) as received:
        file_proof(by=by, measure=measure, received=received, kind=EvidenceKind.PRESS)


def test_costs_are_entered_once_with_their_paper(house, login):
    measure = house.measure()
    url = f"/agentur/massnahmen/{measure.public_id}/"
    given = {"kind": "expense", "amount": "12,50", "on": f"{YEAR}-03-04", "payee": "Bäckerei", "reason": "Gebäck"}
    web = login(house.world.worker)
    web.post(f"{url}beleg/", {**given, "file": upload(pdf("Quittung"))})
    voucher = Voucher.objects.get()
    assert (str(voucher.amount), voucher.unit, voucher.funding_year) == ("12.50", house.agency, YEAR)
    assert voucher.file.keep_until == KEPT_UNTIL
    assert "12,50 €" in web.get(url).content.decode()
    assert b"Quittung" in web.get(f"{url}beleg/{voucher.public_id}/").content


def test_a_donation_without_a_paper_is_kept_too(house):
    add_voucher(
        by=house.world.worker.actor, measure=house.measure(), kind=VoucherKind.DONATION, on=date(YEAR, 3, 1), amount=50,
        payee="Sparkasse", reason="Fest",
    )  # fmt: skip
    assert Voucher.objects.get().file is None


def test_an_amount_of_nothing_is_refused(house):
    with pytest.raises(ValidationError, match="über 0 Euro"):
        add_voucher(
            by=house.world.worker.actor, measure=house.measure(), kind=VoucherKind.EXPENSE, on=date(YEAR, 3, 1), amount=0,
            payee="x", reason="y",
        )  # fmt: skip
