"""An auditor's sample can be drawn again; a package opens without Lotse and every link in it leads somewhere."""

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from lxml import html

from lotse.agency.models import MeasureVoucher
from lotse.auditlog.models import Event
from lotse.core.drawing import in_order_of
from lotse.core.errors import NotAllowed
from lotse.documents import blobs, zips
from lotse.documents.chores import delete_due_files
from lotse.documents.enums import EvidenceKind
from lotse.documents.models import Evidence, StoredFile
from lotse.funding import packing
from lotse.funding.actions import applications, proofs
from lotse.funding.actions import audits as acts
from lotse.funding.actions.ledger import take_back
from lotse.funding.enums import PackageState
from lotse.funding.models import Application, ApplicationVersion, EvidencePackage
from lotse.funding.queries.audits import drawn, is_gone
from lotse.funding.queries.packing_tasks import stuck_since
from lotse.funding.tasks import pack
from tests.factories import funds
from tests.factories import funds_proofs as make
from tests.factories.deadlines import YEAR
from tests.factories.funds_applications import filled
from tests.factories.funds_ledger import voucher_of
from tests.funding.refusing import refused

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def coordinator(world):
    return world.coordinator.actor


def packed(by, grant, **more) -> EvidencePackage:
    package = acts.request_package(by=by, grant=grant, **more)
    packing.work_on(package.public_id)
    package.refresh_from_db()
    return package


def opened(client, persona, package) -> zipfile.ZipFile:
    client.force_login(persona.user)
    answer = client.get(reverse("funding:package_zip", args=[package.public_id]))
    content = b"".join(answer.streaming_content)
    assert (len(content), sha256(content).hexdigest()) == (package.size, package.sha256)
    return zipfile.ZipFile(io.BytesIO(content))


def links(opened_zip):
    return [unquote(one) for one in html.fromstring(opened_zip.read("index.html")).xpath("//a/@href")]


def test_a_package_opens_without_lotse_and_every_link_and_checksum_holds(world, grant, coordinator, client):
    entry = make.year_of(grant, world.nordstadt, coordinator)
    funds.entry_of(grant, world.nordstadt, Decimal("3.21"), payee="Ohne Beleg")
    package = packed(coordinator, grant, funding_year=YEAR)
    assert (package.state, package.failure) == (PackageState.DONE, "")
    with opened(client, world.coordinator, package) as made:
        names = set(made.namelist())
        assert set(links(made)) <= names
        manifest = json.loads(made.read("manifest.json"))
        assert [one["sha256"] for one in manifest["files"]] == [
            sha256(made.read(one["path"])).hexdigest() for one in manifest["files"]
        ]
        assert names == {one["path"] for one in manifest["files"]} | {"manifest.json", "pruefsummen.sha256"}
        rows = list(csv.DictReader(io.StringIO(made.read("index.csv").decode("utf-8-sig")), delimiter=";"))
        receipts = [one for one in rows if one["Ordner"] == "Belege"]
        assert all(one["Datei"] in names or one["warum nicht"] for one in receipts)
        told = {one["Titel"]: one["warum nicht"] for one in receipts}
        assert told == {
            "Eigenmittel": "kein Beleg abgelegt",
            "Druckerei Beispiel": "",
            "Ohne Beleg": "kein Beleg abgelegt",
        }
        paper = next(one["Datei"] for one in receipts if one["Datei"])
        assert made.read(paper) == blobs.read(entry.file.storage_name, entry.file.public_id)
        assert b"<script" not in made.read("index.html")


def test_a_deleted_file_says_so(world, grant, coordinator, client):
    entry = make.year_of(grant, world.nordstadt, coordinator)
    StoredFile.objects.filter(pk=entry.file_id).update(keep_until=date(2020, 1, 1))
    delete_due_files()
    package = packed(coordinator, grant)
    with opened(client, world.coordinator, package) as made:
        assert "gelöscht" in made.read("index.csv").decode()


def test_proofs_and_missing_reports_lie_in_it(world, grant, coordinator, client):
    make.year_of(grant, world.nordstadt, coordinator)
    proof = make.partial_of(grant, world.nordstadt, state="handed_in", content="x", handed_in_on=date(YEAR, 4, 1))
    sheet = proofs.current_sheet(proof)
    proof.content = proofs.canonical(proofs.data_of(sheet)).decode()
    proof.save()
    made = proofs.check(by=coordinator, proof=proof)
    package = packed(coordinator, grant, carrier=world.nordstadt, funding_year=YEAR)
    with opened(client, world.carrier_manager, package) as opened_zip:
        data = next(one for one in opened_zip.namelist() if one.startswith("Nachweise/") and one.endswith(".json"))
        assert sha256(opened_zip.read(data)).hexdigest() == made.sha256
        assert "noch nicht freigegeben" in opened_zip.read("index.csv").decode()


def test_a_carriers_package_holds_nothing_of_another(world, grant, coordinator, client):
    for carrier in (world.nordstadt, world.suedstadt):
        make.year_of(grant, carrier, coordinator)
    package = packed(world.carrier_manager.actor, grant, carrier=world.nordstadt)
    with opened(client, world.carrier_manager, package) as made:
        text = made.read("index.csv").decode() + made.read("Abrufe/Zahlungen.csv").decode()
    assert ("KV Nordstadt" in text, "KV Südstadt" in text) == (True, False)


def test_who_may_ask_for_a_package(world, grant):
    by = world.carrier_manager.actor
    for values in ({}, {"carrier": world.suedstadt}, {"carrier": world.nordstadt, "lists_reason": "Prüfung"}):
        with pytest.raises(NotAllowed):
            acts.request_package(by=by, grant=grant, **values)
    assert EvidencePackage.objects.count() == 0


def test_lists_of_names_lie_in_it_on_wish_only_and_that_is_logged(world, house, grant, coordinator, client):
    listed = Evidence.objects.create(
        organisation=world.nordstadt, unit=house.agency, kind=EvidenceKind.ATTENDANCE_LIST, title="Werkstatt",
        funding_year=YEAR, on=date(YEAR, 3, 4), has_personal_data=True, file=make.paper(coordinator),
    )  # fmt: skip
    without = packed(coordinator, grant)
    with opened(client, world.coordinator, without) as made:
        assert [one for one in made.namelist() if one.startswith("Teilnehmerlisten/")] == []
    package = packed(coordinator, grant, lists_reason="Prüfung der Behörde")
    with opened(client, world.coordinator, package) as made:
        assert len([one for one in made.namelist() if one.startswith("Teilnehmerlisten/")]) == 1
    event = Event.objects.get(object_ref=listed.public_id, key="downloaded")
    assert event.details == {"what": "Teilnehmerliste (Prüfung der Behörde)"}


def test_a_package_is_cut_into_pieces_and_stays_whole(world, grant, coordinator, client, monkeypatch):
    monkeypatch.setattr(zips, "PIECE", 512)
    make.year_of(grant, world.nordstadt, coordinator)
    package = packed(coordinator, grant)
    assert package.parts.count() > 5
    assert max(one.file.size for one in package.parts.all()) == 512
    with opened(client, world.coordinator, package) as made:
        assert made.testzip() is None


def test_what_goes_wrong_is_said_and_leaves_no_pieces(world, grant, coordinator, monkeypatch):
    def breaks(*_args):
        raise RuntimeError("disk")

    monkeypatch.setattr(packing, "_write", breaks)
    package = packed(coordinator, grant)
    assert (package.state, package.failure, package.parts.count()) == (PackageState.FAILED, packing.UNEXPECTED, 0)


def test_a_package_goes_after_thirty_days(world, grant, coordinator, client):
    package = packed(coordinator, grant)
    StoredFile.objects.filter(keep_until__isnull=False).update(keep_until=date(2020, 1, 1))
    delete_due_files()
    client.force_login(world.coordinator.user)
    assert is_gone(package)
    assert client.get(reverse("funding:package_zip", args=[package.public_id])).status_code == 404


def test_packing_twice_changes_nothing(world, grant, coordinator):
    package = packed(coordinator, grant)
    packing.work_on(package.public_id)
    assert EvidencePackage.objects.get().sha256 == package.sha256


def test_what_was_asked_for_lies_in_it_as_it_was_handed_in(world, house, grant, coordinator, client):
    """The whole for the receiver; a carrier finds its own part."""
    asked = {carrier: filled(grant, carrier) for carrier in (world.nordstadt, world.suedstadt)}
    for part in asked.values():
        applications.hand_in_part(by=coordinator, part=part, on=date(YEAR, 1, 2))
    applications.submit(by=coordinator, application=Application.objects.get(), on=date(YEAR, 1, 3))
    found = {}
    for persona, carrier in ((world.coordinator, None), (world.carrier_manager, world.nordstadt)):
        with opened(client, persona, packed(persona.actor, grant, carrier=carrier)) as made:
            papers = [one for one in made.infolist() if one.filename.startswith("Antrag/")]
            found[carrier] = {sha256(made.read(one)).hexdigest() for one in papers}
    versions = ApplicationVersion.objects.select_related("file")
    assert found[None] == {one.file.sha256 for one in versions}
    assert found[world.nordstadt] == {versions.get(part=asked[world.nordstadt]).file.sha256}


# Samples --------------------------------------------------------------------------------------------------------------
@pytest.fixture
def receipts(world, grant):
    return [funds.entry_of(grant, world.nordstadt, Decimal(n), number=f"B-{n}") for n in range(1, 31)]


def draw(by, grant, **more):
    return acts.draw_sample(by=by, grant=grant, **{"funding_year": YEAR, "carrier": None, "wanted": 10, **more})


def test_the_same_seed_draws_the_same_receipts(grant, coordinator, receipts):
    first = draw(coordinator, grant)
    again, other = draw(coordinator, grant, seed=first.seed), draw(coordinator, grant, seed="anders")
    ids = [sorted(one.entries.values_list("public_id", flat=True)) for one in (first, again, other)]
    assert (len(ids[0]), first.drawn_from) == (10, 30)
    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)
    assert ids[0] == sorted(in_order_of(first.seed, [one.public_id for one in receipts])[:10])


def test_what_was_taken_back_is_not_drawn(world, grant, coordinator, receipts):
    take_back(by=coordinator, entry=receipts[0], on=date(YEAR, 3, 1), reason="doppelt")
    assert {one.entry.number for one in drawn(draw(coordinator, grant, wanted=200))} == {f"B-{n}" for n in range(2, 31)}


def test_receipts_are_picked_by_their_numbers(grant, coordinator, receipts):
    values = {"by": coordinator, "grant": grant, "funding_year": YEAR, "carrier": None}
    made = acts.pick_sample(**values, numbers=["B-3", "B-7"])
    assert [one.number for one in drawn(made)] == ["B-3", "B-7"]
    assert refused(acts.pick_sample, **values, numbers=["B-99"]) == ["Diese Belegnummer gibt es hier nicht: B-99."]
    told = refused(acts.pick_sample, **values, numbers=["B-98", "B-3", "B-99"])
    assert told == ["Diese Belegnummern gibt es hier nicht: B-98, B-99."]


def test_a_year_without_expenses_has_no_sample(grant, coordinator):
    assert refused(draw, by=coordinator, grant=grant) == ["Für dieses Jahr gibt es noch keine Ausgaben."]


def test_a_row_names_the_measure_its_voucher_belongs_to(house, grant, coordinator, django_assert_num_queries):
    def booked(title):
        measure = house.measure(title=title)
        voucher = voucher_of(house)
        MeasureVoucher.objects.create(organisation=measure.organisation, measure=measure, voucher=voucher)
        return funds.entry_of(grant, measure.organisation, 5, voucher=voucher)

    booked("Werkstatt im Park")
    rows = drawn(draw(coordinator, grant))
    assert [one.measure for one in rows] == [f"Werkstatt im Park, 04.03.{YEAR}"]
    booked("Nachbarschaftsfest")
    funds.entry_of(grant, house.agency.parent, 7)
    sample = draw(coordinator, grant)
    with django_assert_num_queries(3):
        assert [one.measure.split(",")[0] for one in drawn(sample)] == ["Werkstatt im Park", "Nachbarschaftsfest", ""]


def test_a_carrier_draws_no_sample(world, grant, receipts):
    with pytest.raises(NotAllowed):
        draw(world.carrier_manager.actor, grant)


def test_the_page_of_a_sample_names_what_proves_each_receipt(world, grant, coordinator, receipts, client):
    funds.payment_of(funds.contract_of(grant, world.nordstadt), Decimal(5))
    client.force_login(world.coordinator.user)
    asked = {"funding_year": YEAR, "carrier": "", "wanted": "3"}
    page = client.post(reverse("funding:new_sample", args=[grant.public_id]), asked, follow=True).content.decode()
    assert ("3 von 30" in page, page.count("Vertrag seit 10.01.2026"), page.count("1 Zahlung 2026")) == (True, 3, 3)
    sample = page.split("/stichprobe/")[1].split("/")[0]
    paper = client.get(reverse("funding:sample_pdf", args=[sample]))
    assert b"".join(paper.streaming_content)[:4] == b"%PDF"
    told = client.post(reverse("funding:pack_sample", args=[sample]), follow=True)
    assert "Prüfpaket" in told.content.decode()


# A worker that is lost ------------------------------------------------------------------------------------------------
def left(package, status, *, minutes=0):
    """Its task, as a worker has left it so many minutes ago."""
    begun = timezone.now() - timedelta(minutes=minutes)
    return DBTaskResult.objects.create(
        status=status, args_kwargs={"args": [package.public_id], "kwargs": {}}, backend_name="default", run_after=begun,
        task_path=pack.module_path, exception_class_path="", traceback="", started_at=begun,
    )  # fmt: skip


@pytest.fixture
def waiting(world, grant):
    """Asked for an hour ago, and not ready."""
    values = {"organisation": world.nordstadt, "grant": grant, "requested_by": world.coordinator.person}
    return EvidencePackage.objects.create(**values, created_at=timezone.now() - timedelta(hours=1))


@pytest.mark.parametrize(
    ("status", "minutes", "is_stuck"),
    [
        (None, 0, True),
        (TaskResultStatus.READY, 30, False),
        (TaskResultStatus.RUNNING, 9, False),
        (TaskResultStatus.RUNNING, 11, True),
        (TaskResultStatus.FAILED, 11, True),
    ],
)
def test_a_package_on_which_nobody_seems_to_work_says_since_when(waiting, status, minutes, is_stuck):
    task = left(waiting, status, minutes=minutes) if status else None
    since = (task.started_at if task else waiting.created_at) if is_stuck else None
    assert stuck_since(waiting, timezone.now()) == since


def test_a_package_is_started_anew_with_a_button(world, waiting, login, django_capture_on_commit_callbacks):
    task, web = left(waiting, TaskResultStatus.RUNNING, minutes=11), login(world.carrier_manager)
    again = reverse("funding:restart_package", args=[waiting.public_id])
    page = web.get(reverse("funding:package", args=[waiting.public_id])).content.decode()
    assert (again in page, f"Wird seit {timezone.localtime(task.started_at):%d.%m.%Y, %H:%M} Uhr erstellt" in page) == (
        True,
        True,
    )
    assert "Neu angestoßen." in web.post(again, follow=True).content.decode()
    task.refresh_from_db()
    assert (task.status, DBTaskResult.objects.count()) == (TaskResultStatus.READY, 1)
    assert "Dieses Prüfpaket ist in Arbeit." in web.post(again, follow=True).content.decode()
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        acts.restart_package(by=world.coordinator.actor, package=waiting)
    waiting.refresh_from_db()
    assert waiting.state == PackageState.DONE
    told = refused(acts.restart_package, by=world.coordinator.actor, package=waiting)
    assert told == ["Dieses Prüfpaket wird nicht mehr gepackt."]


def test_only_who_keeps_the_funds_starts_it_anew(world, grant, waiting):
    other = EvidencePackage.objects.create(
        organisation=world.suedstadt, grant=grant, requested_by=world.coordinator.person
    )
    with pytest.raises(NotAllowed):
        acts.restart_package(by=world.carrier_manager.actor, package=other)


def test_of_two_workers_the_second_leaves_what_is_finished(world, grant, coordinator, monkeypatch):
    make.year_of(grant, world.nordstadt, coordinator)
    package = acts.request_package(by=coordinator, grant=grant)
    write = packing._write

    def slower(*args):
        monkeypatch.setattr(packing, "_write", write)
        packing.work_on(package.public_id)
        return write(*args)

    monkeypatch.setattr(packing, "_write", slower)
    packing.work_on(package.public_id)
    package.refresh_from_db()
    assert (package.state, package.failure, is_gone(package)) == (PackageState.DONE, "", False)
