from dataclasses import replace

import pytest
from tools import freeze

from lotse.catalogues.loader import FROZEN


@pytest.mark.parametrize("data", freeze.FROZEN, ids=lambda data: str(data.package).rsplit("/", 1)[-1])
def test_no_released_file_was_changed_and_none_is_unlisted(data):
    assert data.checksums() == data.released()


def test_freezing_adds_what_is_new_and_changes_no_line(tmp_path):
    path = tmp_path / "releases.txt"
    wrong = f"{'0' * 64}  data/gender/2026-11.yaml\n"
    path.write_text(wrong)
    data = replace(FROZEN, register=path)

    added = data.freeze()

    assert added == sorted(FROZEN.checksums().keys() - {"data/gender/2026-11.yaml"})
    assert wrong in path.read_text()
    assert data.released().keys() == data.checksums().keys()


def test_freezing_twice_adds_nothing(tmp_path):
    data = replace(FROZEN, register=tmp_path / "releases.txt")
    assert data.freeze() == sorted(FROZEN.checksums())
    assert data.freeze() == []
