"""Backup and restore with stored files, and deletions that must not come back with an older backup."""

import shutil

import pytest

from tests.ops.processes import lotse

pytestmark = pytest.mark.own_database

SETUP = """
from django.core.files.uploadedfile import SimpleUploadedFile
from lotse.documents import blobs
from lotse.documents.actions import delete_file, keep_file
from lotse.documents.enums import Compartment, DeletionReason
from lotse.documents.intake import receive
from lotse.documents.models import StoredFile
from lotse.organisations.models import Person
from lotse.organisations.who import actor_for
actor = actor_for(Person.objects.order_by("pk").first())
"""
STORE = """
for text in ("bleibt", "geht"):
    with receive(SimpleUploadedFile("a.pdf", f"%PDF-1.7 {text} %%EOF".encode()), by=actor) as received:
        keep_file(by=actor, received=received, compartment=Compartment.CASE, retention="with_owner")
"""
DELETE = "delete_file(by=actor, stored=StoredFile.objects.latest('pk'), reason=DeletionReason.REQUESTED)"
SHOW = """
for stored in StoredFile.objects.order_by("pk"):
    print(blobs.read(stored.storage_name, stored.public_id).split()[1].decode() if stored.storage_name else "weg")
"""


def run(home, script, database):
    return lotse(home, "shell", "-v", "0", "-c", SETUP + script, database=database).stdout.split()


def blobs_in(home):
    return sorted(path.relative_to(home) for path in (home / "files" / "blobs").rglob("*") if path.is_file())


@pytest.fixture
def backed_up(databases, old_house, tmp_path):
    """A house with two files, its backup, and an empty house with the same root key."""
    old, new, archive = old_house, tmp_path / "new", tmp_path / "lotse.tar.gz"
    lotse(old, "demo", "--without-stories", "--clients", "2", database=databases[0])
    run(old, STORE, databases[0])
    lotse(old, "backup", str(archive), database=databases[0])
    (new / "keys").mkdir(parents=True, mode=0o700)
    shutil.copy(old / "keys" / "root_key", new / "keys" / "root_key")
    return old, new, archive


def test_stored_files_come_back_with_the_backup(backed_up, databases):
    old, new, archive = backed_up
    said = lotse(new, "restore", str(archive), database=databases[1]).stdout

    assert run(new, SHOW, databases[1]) == ["bleibt", "geht"]
    assert (blobs_in(new), "Löschungen" in said) == (blobs_in(old), False)


def test_what_was_deleted_since_the_backup_is_deleted_again(backed_up, databases):
    old, _new, archive = backed_up
    run(old, DELETE, databases[0])
    assert run(old, SHOW, databases[0]) == ["bleibt", "weg"]

    said = lotse(old, "restore", "--overwrite", str(archive), database=databases[0]).stdout
    assert run(old, SHOW, databases[0]) == ["bleibt", "geht"]
    assert "1 Löschungen sind jünger als diese Sicherung" in said

    assert "1 Löschungen nachgeholt" in lotse(old, "deletions", "replay", database=databases[0]).stdout
    assert run(old, SHOW, databases[0]) == ["bleibt", "weg"]
    assert len(blobs_in(old)) == 1
