"""The commands of whoever runs Lotse, as real processes with their own data folder."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.actions.clients import note_appointment
from lotse.casework.models import AppointmentNote
from tests.ops.processes import SOURCE, clean_environment, lotse

ASK = "from lotse.casework.models import Client; print(Client.objects.count(), Client.objects.first().address[:12])"


@pytest.mark.own_database
def test_backup_comes_back_with_the_key_and_only_with_it(databases, old_house, tmp_path):
    (here, there), old, new, archive = databases, old_house, tmp_path / "new", tmp_path / "lotse.tar.gz"
    lotse(old, "demo", "--without-stories", "--clients", "6", database=here)
    lotse(old, "backup", str(archive), database=here)

    without_key = lotse(new, "restore", str(archive), database=there, check=False)
    assert without_key.returncode == 1
    assert "Der Hauptschlüssel passt nicht" in without_key.stderr

    shutil.copy(old / "keys" / "root_key", new / "keys" / "root_key")
    lotse(new, "restore", str(archive), database=there)
    assert lotse(new, "shell", "-v", "0", "-c", ASK, database=there).stdout.split() == ["6", "Musterstraße"]

    again = lotse(new, "restore", str(archive), database=there, check=False)
    assert "Hier sind schon Daten" in again.stderr


@pytest.mark.own_database
def test_backup_holds_no_root_key(house, tmp_path):
    archive = tmp_path / "lotse.tar.gz"
    lotse(house, "backup", str(archive))

    listed = subprocess.run(["tar", "tzf", archive], capture_output=True, text=True, check=True).stdout
    assert sorted(listed.split()) == ["database", "manifest.json"]
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


@pytest.mark.own_database
def test_a_changed_backup_is_refused(house, tmp_path):
    archive = tmp_path / "lotse.tar.gz"
    lotse(house, "backup", str(archive))
    subprocess.run(["tar", "xzf", archive, "-C", tmp_path], check=True)
    with (tmp_path / "database").open("ab") as stream:
        stream.write(b"x")
    subprocess.run(["tar", "czf", archive, "-C", tmp_path, "manifest.json", "database"], check=True)

    refused = lotse(tmp_path / "new", "restore", str(archive), check=False)
    assert "Die Prüfsumme stimmt nicht" in refused.stderr


@pytest.mark.own_database
def test_a_backup_writes_nothing_outside_its_folder(house, tmp_path):
    archive = tmp_path / "lotse.tar.gz"
    lotse(house, "backup", str(archive))
    subprocess.run(["tar", "xzf", archive, "-C", tmp_path], check=True)
    (tmp_path / "evil").write_text("x", encoding="utf-8")
    names = ["manifest.json", "database", "--transform=s,^evil,../evil-outside,", "-P", "evil"]
    subprocess.run(["tar", "czf", archive, "-C", tmp_path, *names], check=True)

    lotse(house, "restore", "--overwrite", str(archive))

    listed = subprocess.run(["tar", "tzPf", archive], capture_output=True, text=True, check=True).stdout.split()
    assert "../evil-outside" in listed
    assert not Path(tempfile.gettempdir(), "evil-outside").exists()


@pytest.mark.own_database
def test_first_start_makes_its_own_keys_readable_by_nobody_else(tmp_path):
    lotse(tmp_path, "check", mode="production")

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()}
    assert modes == {"root_key": 0o600, "secret_key": 0o600}


@pytest.mark.own_database
def test_production_refuses_the_keys_of_the_demo(tmp_path):
    lotse(tmp_path, "check")
    refused = lotse(tmp_path, "check", mode="production", check=False)

    assert refused.returncode == 1
    assert "lotse.E001" in refused.stderr


@pytest.mark.own_database
def test_deployment_check_is_clean_with_a_host_of_ones_own(tmp_path, monkeypatch):
    environment = {
        **clean_environment(),
        "LOTSE_HOME": str(tmp_path),
        "LOTSE_MODE": "production",
        "LOTSE_HOSTS": "lotse.example.org",
        "PYTHONPATH": str(SOURCE),
    }
    command = [sys.executable, "-m", "lotse", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


@pytest.mark.own_database
def test_demo_refuses_production_and_a_filled_database(house, tmp_path):
    assert "nur mit LOTSE_MODE=demo" in lotse(tmp_path / "other", "demo", mode="production", check=False).stderr
    lotse(house, "demo", "--without-stories", "--clients", "2")
    assert "nicht leer" in lotse(house, "demo", check=False).stderr


@pytest.mark.own_database
def test_server_answers_and_stops(tmp_path):
    environment = {**clean_environment(), "LOTSE_HOME": str(tmp_path), "LOTSE_MODE": "demo", "PYTHONPATH": str(SOURCE)}
    port = 18000 + os.getpid() % 2000
    server = subprocess.Popen(
        [sys.executable, "-m", "lotse", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"], env=environment
    )
    try:
        assert b"Anmelden" in _ask(f"http://127.0.0.1:{port}/konto/login/")
    finally:
        server.terminate()
        assert server.wait(timeout=20) == 0


def _ask(url):
    for _ in range(180):
        try:
            with urllib.request.urlopen(url) as answer:  # noqa: S310 -- our own server
                return answer.read()
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not answer")


def test_worker_deletes_what_has_expired_and_says_so_in_the_log(world):
    by = world.counsellor.actor
    old, new = (timezone.now() - timedelta(days=days) for days in (93, 1))
    for moment in (old, new):
        note_appointment(by=by, site=world.site, name="Mira", takes_place_at=moment)

    call_command("worker", "--once")
    call_command("worker", "--once")

    assert AppointmentNote.objects.get().takes_place_at == new
    assert Event.objects.get(key="appointment.expired").details == {"deleted": 1}
