"""The virus scanner: none, one that answers, one that does not."""

import socket
import threading

import pytest
from django.core.exceptions import ValidationError

from lotse.auditlog.models import Event
from lotse.documents import blobs, chores, scanning
from lotse.documents.enums import ScanState
from lotse.documents.models import Deletion, StoredFile
from tests.documents.files import keep, pdf, stored_bytes

EVIL = pdf("EICAR")


def looks_for_eicar(content):
    return "Eicar-Test-Signature" if b"EICAR" in content else ""


def asleep(content):
    raise ConnectionRefusedError


@pytest.fixture
def scanner(settings):
    settings.VIRUS_SCANNER = "tests.documents.test_scanning.looks_for_eicar"


END = b"\0\0\0\0"


def clamd(answer):
    """A daemon that reads one INSTREAM and answers; returns its address and what it got."""
    listening = socket.create_server(("127.0.0.1", 0))
    got = bytearray()

    def serve():
        connection, _ = listening.accept()
        with connection, listening:
            while not got.endswith(END):
                got.extend(connection.recv(65536))
            connection.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return f"clamav:127.0.0.1:{listening.getsockname()[1]}", got


def test_without_a_scanner_a_file_says_that_it_is_unchecked(world):
    assert keep(world.counsellor).get_scan_state_display() == "nicht auf Viren geprüft"


@pytest.mark.usefixtures("scanner")
def test_a_clean_file_says_that_it_was_checked(world):
    assert keep(world.counsellor).scan_state == ScanState.CLEAN


@pytest.mark.rule("DO-01")
@pytest.mark.usefixtures("scanner")
def test_an_infected_file_is_refused_and_logged(world):
    with pytest.raises(ValidationError, match="Schadsoftware gefunden"):
        keep(world.counsellor, EVIL)

    assert (StoredFile.objects.count(), stored_bytes()) == (0, {})
    event = Event.objects.get(key="file.infected")
    assert (event.details, event.organisation_id, event.actor_label) == (
        {"finding": "Eicar-Test-Signature"}, world.nordstadt.pk, "Counsellor Beispiel"
    )  # fmt: skip


def test_a_scanner_that_sleeps_refuses(world, settings):
    settings.VIRUS_SCANNER = "tests.documents.test_scanning.asleep"

    with pytest.raises(ValidationError, match="Der Virenscanner antwortet gerade nicht"):
        keep(world.counsellor)
    assert stored_bytes() == {}


@pytest.mark.parametrize(("content", "state"), [(pdf(), "clean"), (EVIL, "deleted")])
def test_or_quarantines_until_it_wakes(world, settings, content, state):
    settings.VIRUS_SCANNER, settings.VIRUS_SCANNER_DOWN = "tests.documents.test_scanning.asleep", "quarantine"
    assert keep(world.counsellor, content).scan_state == ScanState.QUARANTINED
    assert chores.check_quarantine() == 0

    settings.VIRUS_SCANNER = "tests.documents.test_scanning.looks_for_eicar"
    assert chores.check_quarantine() == 1

    stored = StoredFile.objects.get()
    assert (stored.scan_state if not stored.deleted_at else "deleted") == state
    assert list(Deletion.objects.values_list("reason", flat=True)) == ([] if state == "clean" else ["infected"])
    assert Event.objects.filter(key="file.checked").count() == (1 if state == "clean" else 0)


def test_clamav_gets_the_whole_content_in_chunks(world, settings, monkeypatch):
    monkeypatch.setattr(scanning, "CHUNK", 8)
    settings.VIRUS_SCANNER, got = clamd(b"stream: OK\0")

    assert keep(world.counsellor, pdf("0123456789")).scan_state == ScanState.CLEAN
    assert bytes(got[:22]) == b"zINSTREAM\0" + b"\0\0\0\x08" + b"%PDF-1.7"


def test_clamav_finds_something(world, settings):
    settings.VIRUS_SCANNER, _ = clamd(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")

    with pytest.raises(scanning.Infected) as caught:
        keep(world.counsellor)
    assert caught.value.finding == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_an_answer_that_is_none_counts_as_unreachable(world, settings, answer):
    settings.VIRUS_SCANNER, _ = clamd(answer)

    with pytest.raises(ValidationError, match="antwortet gerade nicht"):
        keep(world.counsellor)


def test_clamav_speaks_through_a_local_socket_too(tmp_path, settings):
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "clamd"))
    listening.listen()

    def serve():
        connection, _ = listening.accept()
        got = b""
        with connection, listening:
            while not got.endswith(END):  # whoever closes before the end breaks the pipe of the other
                got += connection.recv(65536)
            connection.sendall(b"stream: OK\0")

    threading.Thread(target=serve, daemon=True).start()
    assert scanning.ask_clamav(b"", str(tmp_path / "clamd")) == ""


def test_quarantined_bytes_that_are_lost_stay_in_quarantine(world, settings):
    settings.VIRUS_SCANNER, settings.VIRUS_SCANNER_DOWN = "tests.documents.test_scanning.asleep", "quarantine"
    stored = keep(world.counsellor)
    blobs.remove(stored.storage_name)

    assert chores.check_quarantine() == 0
