"""Houses with an empty database, to copy: migrating takes seconds."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from tests.ops.processes import POSTGRES, lotse


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """On SQLite."""
    home = tmp_path_factory.mktemp("template") / "home"
    lotse(home, "migrate", "--verbosity", "0")
    return home


@pytest.fixture
def house(template, tmp_path):
    return Path(shutil.copytree(template, tmp_path / "house"))


@pytest.fixture(scope="session")
def template_database(tmp_path_factory):
    """On PostgreSQL: the name of the database."""
    name = f"template_{os.getpid()}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        lotse(tmp_path_factory.mktemp("template"), "migrate", "--verbosity", "0", database=_address(name))
        yield name
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _address(name):
    return POSTGRES.rsplit("/", 1)[0] + f"/{name}"


@pytest.fixture(params=["postgresql" if POSTGRES else "sqlite"])
def databases(request):
    """Of the engine of this run: one with empty tables, one without tables."""
    if request.param == "sqlite":
        yield "", ""
        return
    source, names = request.getfixturevalue("template_database"), [f"backup_{os.getpid()}_{n}" for n in range(2)]
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{names[0]}" TEMPLATE "{source}"')
        connection.execute(f'CREATE DATABASE "{names[1]}"')
        yield tuple(_address(name) for name in names)
        for name in names:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def old_house(databases, tmp_path, request):
    """Where the first of the databases belongs."""
    home = tmp_path / "old"
    return home if databases[0] else Path(shutil.copytree(request.getfixturevalue("template"), home))
