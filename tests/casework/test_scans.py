"""The signed plan comes back as a scan and stays in the file."""

import errno

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.actions.plans import sign
from lotse.casework.actions.scans import add_scan, delete_scan
from lotse.casework.models import Client, PlanScan
from lotse.core.errors import NotAllowed
from lotse.documents import chores
from lotse.documents.enums import DeletionReason
from lotse.documents.intake import receive
from lotse.documents.models import Deletion, StoredFile
from tests.documents.files import PROGRAM, pdf, stored_bytes, upload
from tests.factories import casework as make

LATER = "Bitte zuerst festhalten, wann unterschrieben wurde."


@pytest.fixture
def plan(world):
    return sign(by=world.counsellor.actor, plan=make.plan(world, agreed=True), on=timezone.localdate())


def scan(world, plan, content=None, by="counsellor", name="plan.pdf"):
    actor = world.personas[by].actor
    with receive(upload(content, name), by=actor, file=plan.client) as received:
        return add_scan(by=actor, plan=plan, received=received)


def url(name, plan, *more):
    return reverse(f"casework:{name}", args=[plan.client.public_id, *more])


def test_scan_is_uploaded_listed_and_downloaded(world, plan, login):
    web = login(world.counsellor)

    answer = web.post(url("upload_scan", plan), {"file": upload(pdf("Unterschriften"), "Plan Mira.pdf")}, follow=True)

    stored = PlanScan.objects.get()
    assert answer.redirect_chain == [(url("plan", plan), 302)]
    page = answer.content.decode()
    assert ("Plan Mira.pdf" in page, "nicht auf Viren geprüft" in page) == (True, True)
    download = web.get(url("scan", plan, stored.public_id))
    assert download.content == pdf("Unterschriften")
    assert download["Content-Disposition"] == 'attachment; filename="Plan Mira.pdf"'
    assert download["X-Content-Type-Options"] == "nosniff"


def test_putting_in_and_taking_out_stand_in_the_history(world, plan, login):
    stored = scan(world, plan)
    login(world.technical_lead).get(url("scan", plan, stored.public_id))

    events = Event.objects.filter(object_ref=stored.public_id).order_by("id")
    assert [(e.key, e.is_read, e.file_ref, e.actor_label) for e in events] == [
        ("plan.scan_added", False, plan.client.public_id, "Counsellor Beispiel"),
        ("downloaded", True, plan.client.public_id, "Technical_Lead Beispiel"),
    ]


def test_a_new_scan_keeps_the_former(world, plan, login):
    scan(world, plan, name="erste.pdf"), scan(world, plan, name="zweite.pdf")

    page = login(world.counsellor).get(url("plan", plan)).content.decode()
    assert page.index("zweite.pdf") < page.index("erste.pdf") < page.index("früher ·")
    assert len(stored_bytes()) == 2


def test_only_a_signed_plan_has_a_scan(world):
    with pytest.raises(ValidationError, match=LATER):
        scan(world, make.plan(world, agreed=True))

    assert (PlanScan.objects.count(), StoredFile.objects.count(), stored_bytes()) == (0, 0, {})


@pytest.mark.parametrize(
    ("content", "said"), [(PROGRAM, "Das ist kein PDF, JPEG oder PNG"), (b"", "Die Datei ist leer")], ids=["exe", "empty"]
)  # fmt: skip
def test_a_wrong_file_is_refused_on_the_form(world, plan, login, content, said):
    answer = login(world.counsellor).post(url("upload_scan", plan), {"file": upload(content)})

    assert (answer.status_code, said in answer.content.decode(), stored_bytes()) == (200, True, {})


def test_a_file_that_is_too_large_is_refused_on_the_form(world, plan, login, settings):
    settings.UPLOAD_MAX_BYTES = 1024**2

    answer = login(world.counsellor).post(url("upload_scan", plan), {"file": upload(pdf("x" * 3 * 1024**2))})

    assert "Die Datei hat 3 MB, erlaubt sind 1 MB" in answer.content.decode()


def test_a_full_disk_is_said_on_the_form(world, plan, login, monkeypatch):
    def full(self, name, content):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    answer = login(world.counsellor).post(url("upload_scan", plan), {"file": upload()})

    assert (answer.status_code, "Der Speicher ist voll" in answer.content.decode()) == (200, True)
    assert (PlanScan.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_an_infected_scan_is_refused_and_stands_in_the_history_of_the_file(world, plan, login, settings):
    settings.VIRUS_SCANNER = "tests.documents.test_scanning.looks_for_eicar"

    answer = login(world.counsellor).post(url("upload_scan", plan), {"file": upload(pdf("EICAR"))})

    assert "Schadsoftware gefunden" in answer.content.decode()
    assert Event.objects.get(key="file.infected").file_ref == plan.client.public_id


@pytest.mark.parametrize("persona", ["colleague", "technical_lead", "sysadmin", "outsider"])
def test_nobody_else_puts_a_scan_into_the_file(world, plan, login, persona):
    status = login(world.personas[persona]).post(url("upload_scan", plan), {"file": upload()}).status_code

    assert (status, PlanScan.objects.count(), stored_bytes()) == (403 if persona == "technical_lead" else 404, 0, {})


@pytest.mark.rule("DO-03")
def test_a_scan_opens_only_through_its_own_file(world, plan, login):
    stored = scan(world, plan)
    other = make.person(world, last_name="Andere")

    address = reverse("casework:scan", args=[other.public_id, stored.public_id])
    assert login(world.counsellor).get(address).status_code == 404


@pytest.mark.rule("DP-12")
def test_a_resting_file_gives_out_no_scan(world, plan, login):
    stored = scan(world, plan)
    Client.objects.filter(pk=plan.client_id).update(restricted_on=timezone.localdate())

    assert login(world.counsellor).get(url("scan", plan, stored.public_id)).status_code == 403
    assert not Event.objects.filter(key="downloaded").exists()


def test_a_scan_is_deleted_with_a_reason_and_leaves_the_page(world, plan, login, django_capture_on_commit_callbacks):
    stored, web = scan(world, plan, name="falsch.pdf"), login(world.counsellor)
    address = url("delete_scan", plan, stored.public_id)
    assert "„falsch.pdf“ wird endgültig gelöscht." in web.get(address).content.decode()
    assert "Bitte ausfüllen" in web.post(address, {"reason": ""}).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        page = web.post(address, {"reason": "mistake"}, follow=True).content.decode()

    assert ("falsch.pdf" in page, "Noch kein Scan." in page) == (False, True)
    assert Deletion.objects.get().reason == "mistake"
    assert [path.parent.name for path in stored_bytes()] == ["deletions"]
    assert web.get(url("scan", plan, stored.public_id)).status_code == 404
    assert Event.objects.get(key="plan.scan_deleted").file_ref == plan.client.public_id


def test_who_only_reads_the_file_deletes_nothing(world, plan):
    stored = scan(world, plan)

    with pytest.raises(NotAllowed):
        delete_scan(by=world.technical_lead.actor, scan=stored, reason=DeletionReason.MISTAKE)
    assert StoredFile.objects.get().deleted_at is None


def test_scans_of_a_deleted_file_are_deleted_by_the_worker(world, plan):
    scan(world, plan)
    assert chores.delete_due_files() == 0

    PlanScan.objects.all().delete()

    assert chores.delete_due_files() == 1
    assert Deletion.objects.get().reason == "owner_gone"


@pytest.mark.rule("DP-12")
def test_a_resting_file_takes_no_scan(world, plan):
    Client.objects.filter(pk=plan.client_id).update(restricted_on=timezone.localdate())

    with pytest.raises(ValidationError, match="Die Akte ruht"):
        scan(world, plan)
