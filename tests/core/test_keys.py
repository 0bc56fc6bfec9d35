"""Rotating, recovering and checking keys, through the command that an operator types."""

from base64 import b64decode, b64encode

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.utils import timezone

from lotse.core import crypto, keys
from lotse.core.checks import check_keys, check_network
from lotse.core.models import DataKey, Draft

pytestmark = pytest.mark.django_db
NEW_ROOT, STRANGE_ROOT = bytes(range(32)), bytes(range(1, 33))


def draft(owner="a", organisation_id=1, content="Geheim ü"):
    return Draft.objects.create(
        organisation_id=organisation_id, owner_ref=owner, form_key="x", label="l", url="/", content=content
    )


def stored(pk):
    return bytes(Draft.objects.values_list("content", flat=True).get(pk=pk))


def key_ids(organisation_id=1):
    rows = Draft.objects.filter(organisation_id=organisation_id).exclude(content=b"")
    return {crypto.key_id_of(bytes(sealed)) for sealed in rows.values_list("content", flat=True)}


def texts():
    crypto.forget_cached_keys()
    return [row.content for row in Draft.objects.order_by("pk")]


def run(*arguments, capsys):
    try:
        call_command("keys", *arguments, skip_checks=False)
        error = ""
    except CommandError as raised:
        error = str(raised)
    said = capsys.readouterr()
    return said.out, said.err + error


@pytest.fixture
def key_file(settings, tmp_path, monkeypatch):
    """The root key in the data folder, as a single place has it."""
    monkeypatch.delenv("LOTSE_ROOT_KEY", raising=False)
    settings.LOTSE_HOME = tmp_path
    path = tmp_path / "keys" / "root_key"
    path.parent.mkdir()
    path.write_text(b64encode(settings.LOTSE_ROOT_KEY).decode())
    return path


def restart_with(settings, path):
    settings.LOTSE_ROOT_KEY = b64decode(path.read_text())
    crypto.forget_cached_keys()


# --- data keys ------------------------------------------------------------------------------------------------


def test_a_new_data_key_reseals_everything_and_the_old_one_is_retired(capsys, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 2)
    for n in range(5):
        draft(str(n))
    draft("empty", content="")
    (old,) = key_ids()

    said, error = run("rotate-data-keys", capsys=capsys)

    new = crypto.stored_key_id(1)
    assert (error, key_ids(), old == new) == ("", {new}, False)
    assert DataKey.objects.get(pk=old).retired_at is not None
    assert texts() == ["Geheim ü"] * 5 + [""]
    assert [f"Entwürfe: {done} von 6" in said for done in (2, 4, 6)] == [True, True, True]


def test_one_organisation_can_be_rotated_alone(capsys):
    draft("a", 1), draft("b", 2)
    before = key_ids(2)
    run("rotate-data-keys", "--organisation", "1", capsys=capsys)

    assert key_ids(2) == before
    assert DataKey.objects.filter(organisation_id=1).count() == 2


def test_an_organisation_without_a_key_is_refused(capsys):
    assert (
        run("rotate-data-keys", "--organisation", "9", capsys=capsys)[1] == "Organisation 9 hat keinen Datenschlüssel."
    )


def test_an_interrupted_rotation_is_finished_without_another_key(capsys, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 1)
    for n in range(3):
        draft(str(n))
    keys.retire_data_key(1)
    next(keys.reseal(1))
    assert len(key_ids()) == 2

    run("rotate-data-keys", "--resume", capsys=capsys)
    assert (key_ids(), DataKey.objects.count()) == ({crypto.stored_key_id(1)}, 2)
    assert texts() == ["Geheim ü"] * 3


def test_what_somebody_saves_during_the_rotation_is_kept(monkeypatch):
    made = draft()
    keys.retire_data_key(1)
    real_unseal = crypto.unseal

    def somebody_saves_meanwhile(sealed, *, context):
        Draft.objects.filter(pk=made.pk).update(content=crypto.seal(b"neu", organisation_id=1, context=context))
        return real_unseal(sealed, context=context)

    monkeypatch.setattr(crypto, "unseal", somebody_saves_meanwhile)
    list(keys.reseal(1))
    monkeypatch.undo()
    assert texts() == ["neu"]


def test_every_sealed_column_of_the_house_is_found():
    found = {f"{m._meta.label}.{f.name}" for m, fields in keys.sealed_columns() for f in fields}
    assert {"core.Draft.content", "casework.Client.address"} <= found
    assert all(
        m._meta.get_field("organisation_id") and m._meta.get_field("public_id") for m, _ in keys.sealed_columns()
    )


# --- root key -------------------------------------------------------------------------------------------------


def test_the_root_key_is_replaced_in_the_data_folder(key_file, settings, capsys):
    draft("a", 1), draft("b", 2)
    before = key_file.read_text()
    said, error = run("rotate-root-key", capsys=capsys)

    assert (error, "2 Datenschlüssel neu verpackt" in said) == ("", True)
    assert key_file.with_name("root_key.old").read_text() == before
    assert (key_file.stat().st_mode & 0o777, key_file.with_name("root_key.new").exists()) == (0o600, False)
    restart_with(settings, key_file)
    assert texts() == ["Geheim ü"] * 2


def test_a_rotation_killed_before_the_swap_goes_on_with_the_same_new_key(key_file, settings, capsys):
    draft()
    coming = key_file.with_name("root_key.new")
    coming.write_text(b64encode(NEW_ROOT).decode())
    keys.rewrap(NEW_ROOT)

    run("rotate-root-key", capsys=capsys)
    restart_with(settings, key_file)
    assert (settings.LOTSE_ROOT_KEY, texts()) == (NEW_ROOT, ["Geheim ü"])


def test_with_keys_from_the_environment_both_are_given(settings, capsys):
    draft()
    settings.LOTSE_ROOT_KEY_OLD = b64encode(settings.LOTSE_ROOT_KEY).decode()
    settings.LOTSE_ROOT_KEY = NEW_ROOT
    assert texts() == ["Geheim ü"]

    assert "1 Datenschlüssel neu verpackt" in run("rotate-root-key", capsys=capsys)[0]
    settings.LOTSE_ROOT_KEY_OLD = ""
    assert texts() == ["Geheim ü"]


def test_without_the_old_key_the_way_is_said(settings, capsys, tmp_path):
    settings.LOTSE_HOME = tmp_path
    assert "LOTSE_ROOT_KEY_OLD" in run("rotate-root-key", capsys=capsys)[1]


def test_data_keys_of_an_unknown_root_key_stop_the_rotation(settings):
    draft()
    settings.LOTSE_ROOT_KEY = STRANGE_ROOT
    with pytest.raises(crypto.SecretUnreadable, match="nicht bekannt"):
        keys.rewrap(NEW_ROOT)


# --- recovery -------------------------------------------------------------------------------------------------


def test_the_sheet_gives_the_key_back(settings, capsys):
    said, _error = run("sheet", capsys=capsys)
    groups = next(line for line in said.splitlines() if line.count(" ") == 13)

    assert keys.root_key_from_sheet(groups) == settings.LOTSE_ROOT_KEY
    assert keys.root_key_from_sheet(groups.lower().replace(" ", "-")) == settings.LOTSE_ROOT_KEY
    assert (
        keys.root_key_from_sheet(groups.replace("O", "0").replace("I", "1").replace("B", "8"))
        == settings.LOTSE_ROOT_KEY
    )


def test_every_mistyped_letter_is_noticed():
    sheet = keys.recovery_sheet(NEW_ROOT).replace(" ", "")
    for place in range(len(sheet)):
        wrong = sheet[:place] + ("A" if sheet[place] != "A" else "C") + sheet[place + 1 :]
        with pytest.raises(keys.SheetUnreadable):
            keys.root_key_from_sheet(wrong)


@pytest.mark.parametrize("typed", ["", "ABCD", "!!", "A" * 200])
def test_what_is_no_sheet_is_refused(typed):
    with pytest.raises(keys.SheetUnreadable):
        keys.root_key_from_sheet(typed)


def test_recovery_puts_the_key_where_a_wrong_one_was(key_file, settings, capsys, tmp_path):
    draft()
    sheet = tmp_path / "sheet"
    sheet.write_text(keys.recovery_sheet(settings.LOTSE_ROOT_KEY))
    key_file.write_text(b64encode(STRANGE_ROOT).decode())

    said, error = run("recover", "--file", str(sheet), capsys=capsys)
    assert (error, "öffnet den Datenbestand" in said) == ("", True)
    assert key_file.with_name("root_key.replaced").exists()
    assert key_file.stat().st_mode & 0o777 == 0o600
    restart_with(settings, key_file)
    assert texts() == ["Geheim ü"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [(keys.recovery_sheet(STRANGE_ROOT), "gehört aber nicht"), ("ABCD", "alle Gruppen")],
    ids=["strange", "incomplete"],
)  # fmt: skip
def test_recovery_refuses_a_key_that_does_not_fit(key_file, capsys, monkeypatch, typed, reason):
    draft()
    before = key_file.read_text()
    monkeypatch.setattr("lotse.core.management.commands.keys.getpass", lambda prompt: typed)

    assert reason in run("recover", capsys=capsys)[1]
    assert key_file.read_text() == before


# --- check ----------------------------------------------------------------------------------------------------


def test_a_sound_house_is_said_to_open(capsys):
    draft()
    said, error = run("check", capsys=capsys)
    assert (error, "Jeder Datenschlüssel und jeder geprüfte Wert öffnet sich." in said) == ("", True)


@pytest.mark.parametrize("arguments", [("check",), ("check", "--all")])
def test_a_value_that_does_not_open_is_named_by_its_row(capsys, arguments):
    made = draft()
    Draft.objects.filter(pk=made.pk).update(content=stored(made.pk)[:-1])

    _said, error = run(*arguments, capsys=capsys)
    assert f"Entwurf, Inhalt, Zeile {made.public_id}: lässt sich nicht öffnen." in error
    assert "0 Datenschlüssel und 1 Werte" in error


def test_a_missing_root_key_is_named(settings, capsys):
    draft()
    name = crypto.root_key_name(settings.LOTSE_ROOT_KEY)
    crypto.forget_cached_keys()
    settings.LOTSE_ROOT_KEY = STRANGE_ROOT

    assert f"Hauptschlüssel {name} fehlt" in run("check", capsys=capsys)[1]


def test_measuring_stores_nothing(capsys, monkeypatch):
    said, _error = run("measure", capsys=capsys)
    assert (said.count("µs"), DataKey.objects.count()) == (2, 0)


# --- what production refuses ----------------------------------------------------------------------------------


@pytest.fixture
def production(settings):
    settings.PRODUCTION, settings.DEBUG, settings.HTTPS = True, False, True
    settings.LOTSE_ROOT_KEY, settings.SECRET_KEY = NEW_ROOT, "r" * 50
    settings.ALLOWED_HOSTS = ["lotse.example.org"]
    return settings


def refusals():
    return [error.id for error in [*check_keys(None), *check_network(None)]]


def test_production_with_its_own_keys_starts(production):
    assert refusals() == []


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("LOTSE_ROOT_KEY", b"demo-root-key-of-the-exhibition!", "lotse.E001"),
        ("SECRET_KEY", "demo-secret", "lotse.E002"),
        ("SECRET_KEY", b64encode(b"demo" + bytes(28)).decode(), "lotse.E002"),
        ("LOTSE_ROOT_KEY", bytes(range(16)), "lotse.E003"),
        ("LOTSE_ROOT_KEY", b"x" * 32, "lotse.E003"),
        ("DEBUG", True, "lotse.E004"),
        ("ALLOWED_HOSTS", ["localhost"], "lotse.E005"),
        ("ALLOWED_HOSTS", ["*"], "lotse.E005"),
        ("HTTPS", False, "lotse.E006"),
    ],
)
def test_production_refuses(production, name, value, refusal):
    setattr(production, name, value)
    assert refusals() == [refusal]


def test_the_exhibition_may_use_its_keys(production):
    production.PRODUCTION = False
    production.LOTSE_ROOT_KEY, production.DEBUG = b"demo" * 8, True
    assert refusals() == []


def test_the_checks_are_registered():
    ordinary, deployed = (
        checks.registry.registry.get_checks(),
        checks.registry.registry.get_checks(include_deployment_checks=True),
    )
    assert (check_keys in ordinary, check_network in ordinary, check_network in deployed) == (True, False, True)


def test_retired_keys_do_not_seal():
    draft()
    DataKey.objects.update(retired_at=timezone.now())
    assert crypto.stored_key_id(1) is None
