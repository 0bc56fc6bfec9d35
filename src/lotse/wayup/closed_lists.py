"""Which tables go up: files in `data`, never changed once released. What the funder really wants is not known yet."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import yaml

from lotse.core.frozen import FrozenData
from lotse.wayup.tables import MOST_DIMENSIONS, Dimension, Form, TableForm

PACKAGE = files("lotse.wayup")
FORMS = PACKAGE / "data" / "forms"
FROZEN = FrozenData(PACKAGE, ("data",), PACKAGE / "releases.txt")


class BadForm(Exception):
    """A file asks for tables that cannot be."""


@cache
def all_forms() -> tuple[Form, ...]:
    """The newest first."""
    found = [_load(name, text) for name, text in _files()]
    return tuple(sorted(found, key=lambda form: (form.version, form.key), reverse=True))


def form(key: str, version: str) -> Form | None:
    return next((form for form in all_forms() if (form.key, form.version) == (key, version)), None)


def _files() -> list[tuple[str, bytes]]:
    folders = sorted(FORMS.iterdir(), key=lambda path: path.name)
    paths = [(f"{folder.name}/{path.name}", path) for folder in folders for path in folder.iterdir()]
    return sorted((name, path.read_bytes()) for name, path in paths)


def _load(name: str, text: bytes) -> Form:
    raw = yaml.safe_load(text)
    if name != f"{raw['form']}/{raw['version']}.yaml":
        raise BadForm(f"{name} holds {raw['form']} {raw['version']}")
    tables = tuple(_table(row, raw["figures"]) for row in raw["tables"])
    named = [dimension.fact for table in tables for dimension in table.dimensions]
    if len(named) != len(set(named)):
        raise BadForm(f"{name} asks for a figure twice: two tables could be subtracted")
    checksum = sha256(text).hexdigest()
    return Form(raw["form"], raw["version"], raw["title"], raw["example"], raw["source"], tables, checksum)


def _table(row: Mapping[str, Any], figures: Mapping[str, Any]) -> TableForm:
    if not 1 <= len(row["by"]) <= MOST_DIMENSIONS:
        raise BadForm(f"{row['key']} has {len(row['by'])} dimensions")
    by = tuple(Dimension(fact, figures[fact]["version"], tuple(figures[fact]["keys"])) for fact in row["by"])
    return TableForm(row["key"], row["title"], row["unit"], row["counts"], by)
