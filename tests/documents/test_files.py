"""A file comes in whole, sealed and checked, or not at all."""

import errno
import io
import resource
import stat
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.core import crypto
from lotse.core.errors import NotAllowed
from lotse.documents import blobs, chores
from lotse.documents.actions import delete_file, keep_file, start_retention
from lotse.documents.answers import file_answer
from lotse.documents.enums import Compartment, DeletionReason, ScanState
from lotse.documents.inspection import clean_name
from lotse.documents.intake import receive
from lotse.documents.models import Deletion, StoredFile, hash_of
from lotse.documents.retention import RETENTION
from tests.documents.files import JPEG, PNG, PROGRAM, keep, pdf, stored_bytes, upload

CANARY = "Kanarienvogel-7731"


def fail_with(number):
    def save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        raise OSError(number, "no room")

    return save


# --- coming in ------------------------------------------------------------------------------------------------


@pytest.mark.rule("DO-01")
@pytest.mark.parametrize(
    ("content", "media_type", "name"),
    [(pdf(), "application/pdf", "plan.pdf"), (PNG, "image/png", "plan.png"), (JPEG, "image/jpeg", "plan.jpg")],
    ids=["pdf", "png", "jpeg"],
)
def test_the_content_decides_what_a_file_is(world, content, media_type, name):
    stored = StoredFile.objects.get(pk=keep(world.counsellor, content, name="plan.exe").pk)

    assert (stored.media_type, stored.name, stored.size) == (media_type, name, len(content))
    assert (stored.sha256, stored.scan_state) == (sha256(content).hexdigest(), ScanState.UNCHECKED)
    assert (stored.compartment, stored.organisation, stored.stored_by_id) == (
        Compartment.CASE, world.nordstadt, world.counsellor.person.pk
    )  # fmt: skip


@pytest.mark.rule("DO-01")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Die Datei ist leer"),
        (PROGRAM, "Das ist kein PDF, JPEG oder PNG"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 60, "Das ist kein PDF, JPEG oder PNG"),
        (b"#!/bin/sh\nrm -rf /", "Das ist kein PDF, JPEG oder PNG"),
        (b"<html><script>alert(1)</script></html>", "Das ist kein PDF, JPEG oder PNG"),
        (b"PK\x03\x04" + b"\0" * 60, "Das ist kein PDF, JPEG oder PNG"),
        (b"just text", "Das ist kein PDF, JPEG oder PNG"),
        (b"%PDF-1.7\ncut off", "Die Datei ist unvollständig"),
        (pdf("x" * 3 * 1024**2), "Die Datei hat 3 MB, erlaubt sind 2 MB"),
    ],
    ids=["empty", "exe", "elf", "script", "html", "zip", "text", "cut off", "too large"],
)
def test_anything_else_is_refused_in_german_and_leaves_nothing(world, settings, content, said):
    settings.UPLOAD_MAX_BYTES = 2 * 1024**2

    with pytest.raises(ValidationError, match=said):
        keep(world.counsellor, content)
    assert (StoredFile.objects.count(), stored_bytes()) == (0, {})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Windows\\plan.PDF", "plan.pdf"),
        ("plan.pdf.exe", "plan.pdf.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("Plan Özdemir.pdf", "Plan Özdemir.pdf"),
        ("o\u0308l.pdf", "öl.pdf"),
        ("gpj\u202efdp.exe", "gpjfdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ('"<script>".pdf', "_script_.pdf"),
        ("...", "Datei.pdf"),
        ("", "Datei.pdf"),
        (".htaccess", "htaccess.pdf"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert clean_name(given, ".pdf") == kept


def test_nothing_of_a_file_lies_readable_in_storage_or_database(world):
    stored = keep(world.counsellor, pdf(CANARY), name=f"{CANARY}.pdf")

    (path,) = stored_bytes()
    raw = StoredFile.objects.values_list("name", "storage_name").get()
    assert CANARY.encode() not in path.read_bytes()
    assert CANARY not in path.as_posix()
    assert CANARY.encode() not in bytes(raw[0])
    assert blobs.read(stored.storage_name, stored.public_id) == pdf(CANARY)


def test_stored_bytes_are_readable_by_nobody_else_on_the_machine(world, settings):
    keep(world.counsellor)

    (path,) = stored_bytes()
    assert [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent)] == [0o600, 0o700]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_full_disk_is_said_and_leaves_nothing_half_behind(world, monkeypatch, caplog, number):
    monkeypatch.setattr(FileSystemStorage, "_save", fail_with(number))

    with pytest.raises(ValidationError, match="Der Speicher ist voll oder nicht erreichbar"):
        keep(world.counsellor)
    assert (StoredFile.objects.count(), stored_bytes()) == (0, {})
    assert caplog.messages == [f"cannot store a file: {type(OSError(number, '')).__name__} {number}"]


def test_bytes_go_when_the_owner_refuses(world):
    with pytest.raises(ValidationError), receive(upload(), by=world.counsellor.actor):
        raise ValidationError("Nein.")

    assert stored_bytes() == {}


def test_bytes_stay_when_something_fails_after_the_row_is_there(world):
    def keep_and_fail():
        with receive(upload(), by=world.counsellor.actor) as received:
            keep_file(by=world.counsellor.actor, received=received, compartment=Compartment.CASE, retention="grant")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        keep_and_fail()
    assert len(stored_bytes()) == 1


# --- going out ------------------------------------------------------------------------------------------------


def test_download_is_an_attachment_that_no_browser_guesses_about(world):
    answer = file_answer(keep(world.counsellor, pdf("Text"), name='böse".pdf'))

    assert answer.content == pdf("Text")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''b%C3%B6se_.pdf"
    assert [answer[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")] == [
        "application/pdf", "nosniff", "no-store"
    ]  # fmt: skip


def test_deleted_and_quarantined_files_are_not_given_out(world):
    stored = keep(world.counsellor)
    stored.scan_state = ScanState.QUARANTINED
    with pytest.raises(NotAllowed, match="wartet noch auf die Virenprüfung"):
        file_answer(stored)

    stored.deleted_at = timezone.now()
    with pytest.raises(Http404):
        file_answer(stored)


@pytest.mark.parametrize("harm", ["lost", "changed", "swapped"])
def test_bytes_that_are_not_the_stored_ones_are_never_given_out(world, harm):
    stored, other = keep(world.counsellor, pdf("a")), keep(world.counsellor, pdf("b"))
    path = next(p for p in stored_bytes() if stored.storage_name in p.as_posix())
    if harm == "lost":
        path.unlink()
    elif harm == "changed":
        path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1]))
    else:
        stored.storage_name = other.storage_name

    with pytest.raises(blobs.BlobLost):
        file_answer(stored)


# --- going away -----------------------------------------------------------------------------------------------


@pytest.mark.rule("DO-02")
def test_deleting_takes_bytes_name_and_checksum(world, django_capture_on_commit_callbacks):
    stored = keep(world.counsellor, name=f"{CANARY}.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        delete_file(by=world.counsellor.actor, stored=stored, reason=DeletionReason.MISTAKE)

    left = StoredFile.objects.get()
    assert (left.name, left.sha256, left.storage_name, left.deleted_at is None) == ("", "", "", False)
    assert [path for path in stored_bytes() if blobs.FOLDER in path.parts] == []
    entry = Deletion.objects.get()
    assert (entry.kind, entry.ref_hash, entry.reason, entry.by_label) == (
        "storedfile", hash_of(stored.public_id), "mistake", "Counsellor Beispiel"
    )  # fmt: skip
    assert Event.objects.get(key="file.deleted").details == {"reason": "mistake"}


def test_a_deletion_that_is_undone_has_lost_nothing(world):
    stored = keep(world.counsellor)

    def delete_and_fail():
        with transaction.atomic():
            delete_file(by=world.counsellor.actor, stored=stored, reason=DeletionReason.MISTAKE)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        delete_and_fail()
    fresh = StoredFile.objects.get()
    assert blobs.read(fresh.storage_name, fresh.public_id) == pdf()
    assert Deletion.objects.count() == 0


def test_a_file_is_deleted_once(world):
    stored = keep(world.counsellor)
    delete_file(by=world.counsellor.actor, stored=stored, reason=DeletionReason.MISTAKE)

    with pytest.raises(ValidationError, match="schon gelöscht"):
        delete_file(by=world.counsellor.actor, stored=stored, reason=DeletionReason.MISTAKE)


@pytest.mark.rule("DO-02")
@pytest.mark.parametrize("wrong", [{"storage_name": ""}, {"deleted_at": timezone.now()}], ids=["empty", "full"])
def test_database_knows_no_half_deleted_file(world, wrong):
    stored = keep(world.counsellor)

    with pytest.raises(IntegrityError, match="stored_file_deleted_is_empty"), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(**wrong)


@pytest.mark.parametrize(
    ("key", "start", "until"),
    [
        ("with_owner", date(2024, 5, 3), None),
        ("client_file", date(2024, 5, 3), date(2027, 12, 31)),
        ("evidence", date(2024, 1, 1), date(2034, 12, 31)),
        ("grant", date(2024, 2, 29), date(2034, 2, 28)),
        ("receipt", date(2025, 12, 31), date(2033, 12, 31)),
    ],
)
def test_each_retention_class_has_its_end(key, start, until):
    assert RETENTION[key].keep_until(start) == until


def test_every_retention_class_says_where_its_period_comes_from():
    assert [found.key for found in RETENTION.values() if not found.source or found.key != found.key.strip()] == []
    assert [key for key, found in RETENTION.items() if not found.is_default] == ["evidence"]


def test_the_worker_deletes_what_is_due_and_what_has_no_owner(world):
    due, kept = (keep(world.counsellor, retention="client_file") for _ in range(2))
    start_retention(files=[due], on=timezone.localdate() - timedelta(days=5 * 366))
    start_retention(files=[kept], on=timezone.localdate())

    assert chores.delete_due_files() == 2
    assert set(Deletion.objects.values_list("ref_hash", "reason")) == {
        (hash_of(due.public_id), "expired"), (hash_of(kept.public_id), "owner_gone")
    }  # fmt: skip
    assert chores.delete_due_files() == 0


def test_a_reopened_owner_stops_the_clock(world):
    stored = keep(world.counsellor, retention="client_file")
    start_retention(files=[stored], on=date(2020, 1, 1))
    start_retention(files=[stored], on=None)

    assert StoredFile.objects.get().keep_until is None


def test_orphans_go_after_a_day_and_never_before(world, monkeypatch):
    stored = keep(world.counsellor)
    blobs.put("blobs/zz/orphan", b"left by a killed request")
    assert (chores.remove_orphans(), len(stored_bytes())) == (0, 2)

    monkeypatch.setattr(blobs, "ORPHAN_AFTER", timedelta(seconds=-1))
    assert chores.remove_orphans() == 1
    (left,) = stored_bytes()
    assert left.as_posix().endswith(stored.storage_name)


# --- another storage ------------------------------------------------------------------------------------------


def test_everything_works_in_a_storage_without_folders_and_paths(world, settings, monkeypatch):
    """As with an object store: only what Django's storage interface offers."""
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}
    monkeypatch.setattr(blobs, "ORPHAN_AFTER", timedelta(seconds=-1))
    assert list(blobs.names()) == []

    stored = keep(world.counsellor)
    blobs.put("blobs/zz/orphan", b"left")
    assert chores.remove_orphans() == 1
    assert list(blobs.names()) == [stored.storage_name]
    with blobs.opened(stored.storage_name) as stream:
        sealed = stream.read()
    blobs.put_back(stored.storage_name, io.BytesIO(sealed))
    assert blobs.read(stored.storage_name, stored.public_id) == pdf()


@pytest.fixture
def small_disk():
    """The kernel itself stops the write in the middle; nothing is pretended."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_write_that_the_system_stops_halfway_leaves_nothing(world, small_disk):
    crypto.current_key_id(world.nordstadt.pk)

    with pytest.raises(ValidationError, match="Der Speicher ist voll"):
        blobs.write(b"x" * 200_000, organisation_id=world.nordstadt.pk, public_id="abc")
    assert stored_bytes() == {}
