"""Tables of exact sums, as pure values: what may be in one, adding them up, and the one way to write them down.

A table has one or two dimensions. A cell is named by keys of a closed list, so that no text can travel in it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

MISSING = "_missing"  # as in facts.counting, which needs a database
OTHER = "_other"  # an entry that only one organisation has in its lists
MOST_DIMENSIONS = 2
LARGEST = 10**9
Key = tuple[str, ...]
Cells = Mapping[Key, int]
Tables = Mapping[str, Cells]


class Refused(ValueError):
    """These numbers are not taken; the message says why, in German."""


@dataclass(frozen=True)
class Dimension:
    """A figure, its version, and the cells that it may have."""

    fact: str
    version: int
    keys: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        return (*self.keys, OTHER, MISSING)


@dataclass(frozen=True)
class TableForm:
    """`counts`: what is counted. Tables that count the same have the same sum."""

    key: str
    title: str
    unit: str
    counts: str
    dimensions: tuple[Dimension, ...]

    @property
    def cells(self) -> list[Key]:
        return list(product(*(dimension.cells for dimension in self.dimensions)))


@dataclass(frozen=True)
class Form:
    """A closed list of tables. `sha256`: of the file it was read from."""

    key: str
    version: str
    title: str
    is_example: bool
    source: str
    tables: tuple[TableForm, ...]
    sha256: str

    def table(self, key: str) -> TableForm:
        return next(table for table in self.tables if table.key == key)

    @property
    def name(self) -> str:
        return f"{self.title}, Fassung {self.version}"


def folded(table: TableForm, counted: Mapping[Key, int]) -> dict[Key, int]:
    """Numbers by the cells of the closed list; what is not in it is "other"."""
    sums: Counter[Key] = Counter()
    for key, number in counted.items():
        known = (part if part in d.cells else OTHER for part, d in zip(key, table.dimensions, strict=True))
        sums[tuple(known)] += number
    return {key: number for key, number in sums.items() if number}


def added(form: Form, reports: Iterable[Tables]) -> dict[str, dict[Key, int]]:
    sums: dict[str, Counter[Key]] = {table.key: Counter() for table in form.tables}
    for report in reports:
        for table in form.tables:
            sums[table.key].update(report[table.key])
    return {key: dict(cells) for key, cells in sums.items()}


def totals(form: Form, tables: Tables) -> dict[str, int]:
    """By what is counted. Tables that disagree are refused."""
    found: dict[str, int] = {}
    for table in form.tables:
        total = sum(tables[table.key].values())
        if found.setdefault(table.counts, total) != total:
            raise Refused(f"Die Tabelle „{table.title}“ hat eine andere Summe als die Tabellen neben ihr.")
    return found


# --- written down -------------------------------------------------------------------------------------------------


def written(form: Form, tables: Tables) -> list[dict[str, Any]]:
    """In the order of the form; cells without a number are left out."""
    return [_written(table, tables[table.key]) for table in form.tables]


def _written(table: TableForm, cells: Cells) -> dict[str, Any]:
    return {
        "key": table.key,
        "dimensions": [{"fact": d.fact, "version": d.version} for d in table.dimensions],
        "cells": [[list(key), number] for key, number in sorted(cells.items()) if number],
    }


def read(form: Form, raw: Any) -> dict[str, dict[Key, int]]:
    """The tables of a report, if every single value is one that the closed list allows; else `Refused`."""
    if not isinstance(raw, list) or not all(isinstance(table, dict) for table in raw):
        raise Refused("Der Meldung fehlen die Tabellen.")
    keys = [table.get("key") for table in raw]
    if keys != [table.key for table in form.tables]:
        raise Refused("Die Meldung enthält andere Tabellen, als vereinbart sind.")
    tables = {table.key: _read(table, given) for table, given in zip(form.tables, raw, strict=True)}
    totals(form, tables)
    return tables


def _read(table: TableForm, given: Mapping[str, Any]) -> dict[Key, int]:
    if set(given) != {"key", "dimensions", "cells"}:
        raise Refused(f"Die Tabelle „{table.title}“ ist anders aufgebaut, als vereinbart ist.")
    dimensions = given["dimensions"]
    if isinstance(dimensions, list) and len(dimensions) > MOST_DIMENSIONS:
        raise Refused(f"Die Tabelle „{table.title}“ hat mehr als {MOST_DIMENSIONS} Merkmale.")
    if dimensions != [{"fact": d.fact, "version": d.version} for d in table.dimensions]:
        raise Refused(f"Die Tabelle „{table.title}“ zählt nach anderen Merkmalen oder in einer anderen Fassung.")
    return _read_cells(table, given["cells"])


def _read_cells(table: TableForm, given: Any) -> dict[Key, int]:
    allowed, cells = set(table.cells), dict[Key, int]()
    for key, number in _pairs(table, given):
        if key not in allowed or key in cells:
            raise Refused(f"In der Tabelle „{table.title}“ steht ein Feld, das es nicht gibt oder doppelt ist.")
        if type(number) is not int or not 0 < number <= LARGEST:
            raise Refused(f"In der Tabelle „{table.title}“ steht etwas, das keine Anzahl ist.")
        cells[key] = number
    return cells


def _pairs(table: TableForm, given: Any) -> Sequence[tuple[Key, Any]]:
    try:
        return [(tuple(str(part) for part in key), number) for key, number in given]
    except (TypeError, ValueError) as error:
        raise Refused(f"Die Tabelle „{table.title}“ ist nicht lesbar.") from error
