"""The registry only grows, and deletes again what an older backup brings back."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lotse.auditlog.models import Event
from lotse.documents import blobs, deletions
from lotse.documents.actions import delete_file
from lotse.documents.enums import DeletionReason
from lotse.documents.models import Deletion, StoredFile, hash_of
from lotse.organisations.actor import SystemActor
from tests.documents.files import keep, stored_bytes


@pytest.fixture
def run(django_capture_on_commit_callbacks, capsys):
    """The command; what it says, and what it writes after the commit."""

    def _run(*arguments):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("deletions", *arguments)
        return capsys.readouterr().out.strip()

    return _run


@pytest.fixture
def delete(django_capture_on_commit_callbacks, world):
    def _delete(stored):
        with django_capture_on_commit_callbacks(execute=True):
            delete_file(by=world.counsellor.actor, stored=stored, reason=DeletionReason.REQUESTED)

    return _delete


def remembered(stored):
    """A file as the backup knows it: its row and its bytes."""
    row = StoredFile.objects.filter(pk=stored.pk).values().get()
    return row, stored_bytes()


def bring_back(row, content):
    """What a restore does: the old row, the old bytes, and a registry that does not know of the deletion."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_deletion")
    StoredFile.objects.filter(pk=row["id"]).update(**row)
    for path, old in content.items():
        path.write_bytes(old)


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Deletion.objects.update(reason="expired"),
        lambda entry: Deletion.objects.all().delete(),
        lambda entry: Deletion.objects.bulk_update([entry], ["reason"]),
    ],
    ids=["save", "delete", "update", "delete all", "bulk"],
)
def test_the_registry_only_grows(world, delete, change):
    delete(keep(world.counsellor))

    with pytest.raises(TypeError, match="wird nur fortgeschrieben"):
        change(Deletion.objects.get())
    assert Deletion.objects.get().reason == "requested"


def test_the_journal_beside_the_files_holds_no_content(world, delete):
    stored = keep(world.counsellor, name="Mira Özdemir.pdf")
    delete(stored)

    (path,) = stored_bytes()
    entry = json.loads(path.read_text())
    assert path.parent.name == "deletions"
    assert (entry["ref_hash"], entry["reason"], entry["kind"]) == (hash_of(stored.public_id), "requested", "storedfile")
    assert (stored.public_id in path.read_text(), "Mira" in path.read_text()) == (False, False)


@pytest.mark.rule("DO-02")
def test_what_an_older_backup_brings_back_is_deleted_again(world, delete, run):
    stored, untouched = keep(world.counsellor), keep(world.colleague)
    row, content = remembered(stored)
    delete(stored)
    entry = Deletion.objects.get()
    bring_back(row, content)
    assert blobs.read(row["storage_name"], row["public_id"])

    assert "auf Verlangen der betroffenen Person" in run("pending")
    assert run("replay") == "1 Löschungen nachgeholt, 1 davon hatten noch Inhalt."

    again = Deletion.objects.get()
    assert (again.public_id, again.created_at, again.by_label) == (entry.public_id, entry.created_at, entry.by_label)
    assert StoredFile.objects.filter(deleted_at=None).get() == untouched
    assert len([path for path in stored_bytes() if "blobs" in path.parts]) == 1
    assert Event.objects.get(key="deletion.replayed").details == {"entries": 1, "deleted": 1}
    assert run("replay") == "Nichts nachzuholen."


def test_a_kind_that_this_version_does_not_know_stays_in_the_journal(world, delete, run, monkeypatch):
    stored = keep(world.counsellor)
    row, content = remembered(stored)
    delete(stored)
    bring_back(row, content)
    monkeypatch.setattr(deletions, "KINDS", {})

    with pytest.raises(CommandError, match="kennt diese Version nicht: storedfile"):
        run("replay")
    assert Deletion.objects.count() == 0


def test_a_journal_that_could_not_be_written_is_written_later(world, run, django_capture_on_commit_callbacks):
    delete_file(by=world.counsellor.actor, stored=keep(world.counsellor), reason=DeletionReason.MISTAKE)

    assert [deletions.journal_missing(), deletions.journal_missing()] == [1, 0]
    assert run("replay") == "Nichts nachzuholen."


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError, match="twice"):
        deletions.register_kind(deletions.KINDS["storedfile"])


def test_two_copies_of_one_entry_count_once(world, delete):
    stored = keep(world.counsellor)
    row, content = remembered(stored)
    delete(stored)
    entry = Deletion.objects.get()
    bring_back(row, content)
    (journal,) = (path for path in stored_bytes() if path.parent.name == "deletions")
    journal.with_name(f"{entry.public_id}_copy.json").write_bytes(journal.read_bytes())

    assert deletions.replay(by=SystemActor("Löschregister")) == deletions.Replayed(1, 1, ())
