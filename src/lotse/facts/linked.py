"""A table beside others that are already out: what neither of them shows must not follow from both (ADR 0034).

Released periods lie within each other or apart. What a period counts beyond the released parts of it is its rest; each rest is
protected under the period's own pattern, and a pattern hides whatever the patterns of its parts hide. So each hidden number can
move inside one rest without any released number moving.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from lotse.facts.disclosure import NOTHING, TOGETHER, Hidden, Key, Layer, Table, protect
from lotse.facts.registry import Period

Counts = Mapping[Key, Mapping[Key, int]]


@dataclass(frozen=True)
class Printed:
    """A released table: all that was counted, and what was hidden of it."""

    counts: Counts
    hidden: Hidden


@dataclass(frozen=True)
class Whole:
    """The released table that the new one is a part of, and the parts of it that are out beside the new one."""

    table: Printed
    others: Sequence[Printed] = ()


def protect_beside(
    table: Table, parts: Sequence[Printed], whole: Whole | None = None, already: Hidden = NOTHING
) -> Hidden | None:
    """What to hide; None where the table cannot be shown at all beside those that are out. The first layer is what it counts."""
    layers = [*table.layers, *_rest(table.layers[0], table, parts)]
    hidden = protect(replace(table, layers=layers), joined(already, *(part.hidden for part in parts)))
    if hidden.everything and not already.everything and not protect(table, already).everything:
        return None
    if whole and not hidden.everything and not _stays_safe(table, hidden, whole):
        return None
    return hidden


def joined(*patterns: Hidden) -> Hidden:
    """Everything that one of them hides."""
    return Hidden(
        columns=frozenset().union(*(p.columns for p in patterns)),
        rows=frozenset().union(*(p.rows for p in patterns)),
        inner_rows=frozenset().union(*(p.inner_rows for p in patterns)),
        inner_columns=frozenset().union(*(p.inner_columns for p in patterns)),
        everything=any(p.everything for p in patterns),
    )


def covers(outer: Hidden, inner: Hidden) -> bool:
    """Whether all that one hides is hidden by the other."""
    inner_rows = {TOGETHER if row in outer.rows else row for row in inner.inner_rows}
    pairs = (
        (outer.columns, inner.columns),
        (outer.rows, inner.rows),
        (outer.inner_rows, inner_rows),
        (outer.inner_columns, inner.inner_columns),
    )
    return outer.everything or (not inner.everything and all(big >= small for big, small in pairs))


def _stays_safe(table: Table, hidden: Hidden, whole: Whole) -> bool:
    """The whole hides as much as its new part does, and what is left of it beside its parts is protected as it stands."""
    pattern = whole.table.hidden
    own = Printed(table.layers[0].counts, hidden)
    left = _rest(Layer(whole.table.counts, table.layers[0].threshold), table, [own, *whole.others], always=True)
    return covers(pattern, hidden) and covers(pattern, protect(replace(table, layers=left), pattern))


def _rest(layer: Layer, table: Table, parts: Sequence[Printed], *, always: bool = False) -> list[Layer]:
    """What it counts beyond its parts, and where late changes made the parts larger, what they count beyond it."""
    if not parts and not always:
        return []
    columns = {column for group in table.groups for column in group}
    beyond = {c: {r: _at(layer.counts, c, r) - _sum(parts, c, r) for r in table.rows} for c in columns}
    more = {c: {r: max(n, 0) for r, n in line.items()} for c, line in beyond.items()}
    less = {c: {r: max(-n, 0) for r, n in line.items()} for c, line in beyond.items()}
    return [Layer(more, layer.threshold), Layer(less, layer.threshold)]


def _sum(parts: Collection[Printed], column: Key, row: Key) -> int:
    return sum(_at(part.counts, column, row) for part in parts)


def _at(counts: Counts, column: Key, row: Key) -> int:
    return counts.get(column, {}).get(row, 0)


@dataclass(frozen=True)
class Release:
    """One of the tables that are out, in the order in which they came out."""

    period: Period
    table: Printed

    def lies_in(self, period: Period) -> bool:
        return period.start <= self.period.start and self.period.end <= period.end


def around(period: Period, releases: Sequence[Release]) -> tuple[list[Printed], Whole | None]:
    """The parts of a period that are out, and the smallest released period that it is a part of."""
    others = [r for r in releases if r.period != period]
    same = [r.table for r in releases if r.period == period]
    parts = same[-1:] or _largest([r for r in others if r.lies_in(period)])
    wider = [r for r in others if Release(period, r.table).lies_in(r.period)]
    if not wider:
        return parts, None
    whole = min(wider, key=lambda r: r.period.end - r.period.start)  # of several editions the first
    beside = [r for r in others if r.period != whole.period and r.lies_in(whole.period) and not r.lies_in(period)]
    return parts, Whole(whole.table, _largest(beside))


def _largest(releases: Sequence[Release]) -> list[Printed]:
    """Of those within each other the largest, in its newest edition."""
    newest = {release.period: release for release in releases}
    return [r.table for r in newest.values() if not any(r is not o and r.lies_in(o.period) for o in newest.values())]
