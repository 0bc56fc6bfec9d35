from lotse.catalogues import releases
from lotse.catalogues.freeze import freeze
from lotse.catalogues.releases import checksums, frozen_checksums


def test_no_released_file_was_changed_and_none_is_unlisted():
    assert checksums() == frozen_checksums()


def test_freezing_adds_what_is_new_and_changes_no_line(tmp_path, monkeypatch):
    path = tmp_path / "releases.txt"
    wrong = f"{'0' * 64}  data/gender/2026-11.yaml\n"
    path.write_text(wrong)
    monkeypatch.setattr(releases, "RELEASES", path)

    added = freeze(path)

    assert added == sorted(checksums().keys() - {"data/gender/2026-11.yaml"})
    assert wrong in path.read_text()
    assert frozen_checksums().keys() == checksums().keys()


def test_freezing_twice_adds_nothing(tmp_path, monkeypatch):
    path = tmp_path / "releases.txt"
    monkeypatch.setattr(releases, "RELEASES", path)
    assert freeze(path) == list(checksums())
    assert freeze(path) == []
