"""Nothing of third parties is committed; what is fetched is locked, complete and licensed."""

import importlib.util
import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def assets():
    spec = importlib.util.spec_from_file_location("fetch_assets", ROOT / "tools" / "fetch_assets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def modules(assets, tmp_path):
    for source in assets.COPIES:
        (tmp_path / "modules" / source).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "modules" / source).write_text("x")
    return tmp_path / "modules"


def test_lock_names_hashes_and_no_addresses():
    text = (ROOT / "package-lock.json").read_text()
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert "resolved" not in text
    assert "://" not in text
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())


def test_every_font_comes_with_its_licence(assets):
    licences = {Path(t).name.split("-LICENSE")[0] for t in assets.COPIES.values() if "-LICENSE" in t}
    families = {Path(t).stem.split("-")[0] for t in assets.COPIES.values() if t.endswith(".ttf")}
    assert families == licences


def test_assets_are_complete_after_copying_and_nothing_old_is_left(assets, modules, tmp_path):
    vendor = tmp_path / "vendor"
    (vendor / "old").mkdir(parents=True)
    assert not assets.is_complete(vendor)

    assets.copy_wanted(modules, vendor)

    assert assets.is_complete(vendor)
    assert not (vendor / "old").exists()


def test_a_lost_file_is_fetched_again(assets, modules, tmp_path):
    assets.copy_wanted(modules, tmp_path / "vendor")
    (tmp_path / "vendor" / "kern" / "kern.min.css").unlink()
    assert not assets.is_complete(tmp_path / "vendor")


def test_a_registry_out_of_reach_is_said_in_plain_words(assets, monkeypatch, tmp_path, capsys):
    def refuse(command, **_):
        raise subprocess.CalledProcessError(1, command, stderr="npm error network timeout")

    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    monkeypatch.setattr(assets.subprocess, "run", refuse)
    monkeypatch.setattr(assets.shutil, "which", lambda name: name)

    assert assets.main() == 1
    said = capsys.readouterr().err
    assert "Is the package registry reachable" in said
    assert "network timeout" in said
