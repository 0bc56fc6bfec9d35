"""Which numbers of a run are hidden, for readers inside and outside, beside everything that was released before (ADR 0034)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings

from lotse.facts.counting import MISSING
from lotse.facts.disclosure import NOTHING, TOGETHER, Hidden, Layer, Table
from lotse.facts.linked import Counts, Printed, Release, around, protect_beside
from lotse.facts.registry import Period
from lotse.insight.counted import KINDS, Data


class Audience(StrEnum):
    INSIDE = "inside"
    OUTSIDE = "outside"


PARTS = ("columns", "rows", "empty", "inner_rows", "inner_columns")
Pattern = dict[str, Any]
Patterns = dict[str, dict[str, Pattern | None]]


def patterns(content: Data, earlier: Sequence[Data]) -> Patterns:
    """Audience → bundle of tables → what is hidden of it; None: it would give numbers away beside earlier ones.

    What readers outside see is never more than what readers inside see."""
    found: Patterns = {audience.value: {} for audience in Audience}
    for bundle in dict.fromkeys(table["bundle"] for table in content["tables"]):
        inside = _pattern(content, bundle, earlier, Audience.INSIDE, NOTHING)
        outside = _pattern(content, bundle, earlier, Audience.OUTSIDE, inside) if inside else None
        found[Audience.INSIDE][bundle] = as_data(inside) if inside else None
        found[Audience.OUTSIDE][bundle] = as_data(outside) if outside else None
    return found


def thresholds() -> dict[str, int]:
    return {Audience.INSIDE.value: settings.SMALL_CELL_INSIDE, Audience.OUTSIDE.value: settings.SMALL_CELL_OUTSIDE}


def hidden_of(content: Data, audience: Audience, bundle: str) -> Hidden | None:
    pattern = content["hidden"][audience.value].get(bundle)
    return from_data(pattern) if pattern else None


def as_data(hidden: Hidden) -> Pattern:
    return {
        "everything": hidden.everything,
        "cells": sorted([str(column), str(row)] for column, row in hidden.cells),
        **{part: sorted("" if key == TOGETHER else str(key) for key in getattr(hidden, part)) for part in PARTS},
    }


def from_data(pattern: Mapping[str, Any]) -> Hidden:
    keys = {part: frozenset(TOGETHER if key == "" else key for key in pattern[part]) for part in PARTS}
    cells = frozenset((column, row) for column, row in pattern["cells"])
    return Hidden(everything=pattern["everything"], cells=cells, **keys)


def _pattern(content: Data, bundle: str, earlier: Sequence[Data], audience: Audience, already: Hidden) -> Hidden | None:
    tables = [table for table in content["tables"] if table["bundle"] == bundle]
    parts, whole = around(period_of(content), list(_releases(bundle, earlier, audience)))
    return protect_beside(_protected(content, tables, audience), parts, whole, already)


def _protected(content: Data, tables: Sequence[Data], audience: Audience) -> Table:
    threshold = max(content["thresholds"][audience.value], *(table["least"] for table in tables))
    groups = [[column["key"] for column in table["columns"]] for table in tables]
    kinds = [kind for kind in KINDS if kind in tables[0]["counts"]]  # PostgreSQL keeps no order of keys
    telling = frozenset(key for table, group in zip(tables, groups, strict=True) for key in group if _tells(table, key))
    rows = [site["key"] for site in content["sites"]]
    return Table(groups, rows, [Layer(_counts(tables, kind), threshold) for kind in kinds], telling)


def _tells(table: Data, column: str) -> bool:
    return table["telling"] and not column.endswith(f":{MISSING}")


def _counts(tables: Iterable[Data], kind: str = "total") -> Counts:
    return {column: line for table in tables for column, line in table["counts"][kind].items()}


def _releases(bundle: str, earlier: Sequence[Data], audience: Audience) -> Iterable[Release]:
    """Those that show anything; a table that is all dots gives nothing away."""
    for content in earlier:
        tables = [table for table in content["tables"] if table["bundle"] == bundle]
        hidden = hidden_of(content, audience, bundle) if tables else None
        if hidden and not hidden.everything:
            yield Release(period_of(content), Printed(_counts(tables), hidden))


def period_of(content: Data) -> Period:
    return Period(date.fromisoformat(content["period"]["start"]), date.fromisoformat(content["period"]["end"]))
