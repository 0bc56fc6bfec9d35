"""The pages that are written from the code say what the code says."""

import os
import re
import subprocess
import sys

import pytest
from tools.write_docs import DOCS
from tools.written_docs import addresses, pages

from lotse.facts.registry import all_facts
from lotse.organisations.roles import ROLES
from tests.access.matrix import MATRIX


@pytest.mark.parametrize("name", ["access.md", "facts.md"])
def test_written_page_is_up_to_date(name):
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def test_command_writes_the_pages(tmp_path):
    environment = {**os.environ, "PYTHONPATH": f"src{os.pathsep}."}
    subprocess.run([sys.executable, "-m", "tools.write_docs", tmp_path], cwd=DOCS.parent, env=environment, check=True)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == pages()


def test_every_fact_is_described_once():
    keys = re.findall(r"^\| `([a-z0-9_.]+)` \|", (DOCS / "facts.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(keys) == sorted(fact.key for fact in all_facts())


def test_every_fact_says_what_it_counts_and_whence():
    silent = [f.key for f in all_facts() if not all((f.title, f.definition, f.unit, f.source, f.version))]
    assert silent == []


def test_every_role_and_every_address_is_described():
    page = (DOCS / "access.md").read_text(encoding="utf-8")
    assert [key for key in ROLES if f"(`{key}`)" not in page] == []
    assert {name for name, path in addresses() if f"| `{path}` |" in page} == set(MATRIX)
