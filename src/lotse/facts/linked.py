"""A table beside others that are already out: what neither of them shows must not follow from both (ADR 0034).

Released periods lie within each other or apart. What a period counts beyond the released parts of it is its rest; each rest is
protected under the period's own pattern, and a pattern hides whatever the patterns of its parts hide. So each hidden number can
move inside one rest without any released number moving.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from lotse.facts.disclosure import NOTHING, Hidden, Key, Layer, Table, protect
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
    rest = _rest(table.layers[0].counts, table, parts)
    if parts and _is_nothing(rest):
        hidden = _each(table, [already, *(part.hidden for part in parts)])
    else:
        layers = [*table.layers, *(rest if parts else ())]
        hidden = protect(replace(table, layers=layers), _joined([already, *(part.hidden for part in parts)]))
    if hidden.everything and not already.everything and not protect(table, already).everything:
        return None
    if whole and not hidden.everything and not _stays_safe(table, hidden, whole):
        return None
    return hidden


def _joined(patterns: Collection[Hidden]) -> Hidden:
    """A rectangle around all that one of them hides."""
    cells = [cell for pattern in patterns for cell in pattern.cells]
    return Hidden(
        columns=frozenset().union(*(p.columns for p in patterns)),
        rows=frozenset().union(*(p.rows for p in patterns)),
        inner_rows=frozenset(row for _column, row in cells).union(*(p.inner_rows for p in patterns)),
        inner_columns=frozenset(column for column, _row in cells).union(*(p.inner_columns for p in patterns)),
        everything=any(p.everything for p in patterns),
    )


def _each(table: Table, patterns: Collection[Hidden]) -> Hidden:
    """Every number that one of them hides and no other: what is the sum of its parts needs no protection of its own."""
    rows = frozenset().union(*(pattern.rows for pattern in patterns))
    cells = frozenset(
        (c, r) for c in _columns(table) for r in table.rows if any(pattern.hides(c, r) for pattern in patterns)
    )
    return Hidden(
        columns=frozenset().union(*(pattern.columns for pattern in patterns)),
        rows=rows,
        empty=frozenset(c for c in _columns(table) if rows and not any((c, r) in cells for r in rows)),
        cells=cells,
        everything=any(pattern.everything for pattern in patterns),
    )


def _covers(table: Table, outer: Hidden, inner: Hidden) -> bool:
    """Whether each number that is shown of the outer table is shown of the inner one too."""
    places = (*table.rows, None)
    return all(
        outer.hides_total(row) >= inner.hides_total(row)
        and all(outer.hides(column, row) >= inner.hides(column, row) for column in _columns(table))
        for row in places
    )


def _stays_safe(table: Table, hidden: Hidden, whole: Whole) -> bool:
    """The whole hides as much as its new part does, and what is left of it beside its parts is protected as it stands."""
    pattern = whole.table.hidden
    left = _rest(whole.table.counts, table, [Printed(table.layers[0].counts, hidden), *whole.others])
    needed = NOTHING if _is_nothing(left) else protect(replace(table, layers=left), _joined([pattern]))
    return _covers(table, pattern, hidden) and _covers(table, pattern, needed)


def _rest(counts: Counts, table: Table, parts: Collection[Printed]) -> list[Layer]:
    """What it counts beyond its parts, and where late changes made the parts larger, what they count beyond it."""
    beyond = {
        c: {r: _at(counts, c, r) - sum(_at(part.counts, c, r) for part in parts) for r in table.rows}
        for c in _columns(table)
    }
    more = {c: {r: max(n, 0) for r, n in line.items()} for c, line in beyond.items()}
    less = {c: {r: max(-n, 0) for r, n in line.items()} for c, line in beyond.items()}
    return [Layer(more, table.layers[0].threshold), Layer(less, table.layers[0].threshold)]


def _is_nothing(rest: Collection[Layer]) -> bool:
    return not any(number for layer in rest for line in layer.counts.values() for number in line.values())


def _columns(table: Table) -> list[Key]:
    return list(dict.fromkeys(column for group in table.groups for column in group))


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
    parts = same[-1:] or [r.table for r in largest([r for r in others if r.lies_in(period)])]
    wider = [r for r in others if Release(period, r.table).lies_in(r.period)]
    if not wider:
        return parts, None
    whole = min(wider, key=lambda r: r.period.end - r.period.start)  # of several editions the first
    beside = [r for r in others if r.period != whole.period and r.lies_in(whole.period) and not r.lies_in(period)]
    return parts, Whole(whole.table, [r.table for r in largest(beside)])


def largest(releases: Sequence[Release]) -> list[Release]:
    """Of those within each other the largest, in its newest edition."""
    newest = {release.period: release for release in releases}
    return [r for r in newest.values() if not any(r is not o and r.lies_in(o.period) for o in newest.values())]
