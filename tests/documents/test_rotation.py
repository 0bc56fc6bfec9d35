"""A new data key reaches the stored files too."""

import pytest
from django.core.management import CommandError, call_command

from lotse.core import crypto, keys
from lotse.documents import blobs, rotation
from lotse.documents.models import StoredFile
from tests.documents.files import keep, pdf, stored_bytes


def key_ids():
    return {crypto.key_id_of(content) for content in stored_bytes().values()}


def texts():
    crypto.forget_cached_keys()
    return [blobs.read(stored.storage_name, stored.public_id) for stored in StoredFile.objects.order_by("pk")]


def test_files_are_sealed_under_the_new_key_and_still_open(world, capsys):
    for number in range(3):
        keep(world.counsellor, pdf(f"Blatt {number}"))
    (old,) = key_ids()

    call_command("keys", "rotate-data-keys")

    new = crypto.stored_key_id(world.nordstadt.pk)
    assert (key_ids(), new == old, len(stored_bytes())) == ({new}, False, 3)
    assert texts() == [pdf(f"Blatt {number}") for number in range(3)]
    assert "Dateien: 3 von 3" in capsys.readouterr().out


def test_only_the_organisation_asked_for_is_touched(world):
    keep(world.counsellor), keep(world.outsider)
    before = StoredFile.objects.get(organisation=world.suedstadt).storage_name

    call_command("keys", "rotate-data-keys", "--organisation", str(world.nordstadt.pk))

    assert StoredFile.objects.get(organisation=world.suedstadt).storage_name == before


def test_what_is_under_the_new_key_is_left_alone(world):
    stored = keep(world.counsellor)

    assert [step.done for step in rotation.reseal_files(world.nordstadt.pk)] == [1]
    assert StoredFile.objects.get().storage_name == stored.storage_name


def test_a_file_that_is_deleted_meanwhile_stays_deleted(world, monkeypatch):
    stored = keep(world.counsellor)
    keys.retire_data_key(world.nordstadt.pk)
    crypto.forget_cached_keys()
    real_write = blobs.write

    def somebody_moves_it(*args, **kwargs):
        StoredFile.objects.filter(pk=stored.pk).update(storage_name="blobs/elsewhere")
        return real_write(*args, **kwargs)

    monkeypatch.setattr(blobs, "write", somebody_moves_it)
    list(rotation.reseal_files(world.nordstadt.pk))

    assert StoredFile.objects.get().storage_name == "blobs/elsewhere"
    assert [path.as_posix().endswith(stored.storage_name) for path in stored_bytes()] == [True]


def test_a_lost_file_does_not_stop_the_rotation_and_is_named_by_the_check(world, capsys):
    lost, kept = keep(world.counsellor), keep(world.counsellor, pdf("bleibt"))
    blobs.remove(lost.storage_name)

    call_command("keys", "rotate-data-keys")
    fresh = StoredFile.objects.get(pk=kept.pk)
    assert blobs.read(fresh.storage_name, fresh.public_id) == pdf("bleibt")

    with pytest.raises(CommandError, match="0 Datenschlüssel und 1 Werte"):
        call_command("keys", "check", "--all")
    assert f"Datei, Zeile {lost.public_id}" in capsys.readouterr().err
