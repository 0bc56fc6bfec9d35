"""Small cells: what could point to a person is shown as a dot, together with what would give it away (ADR 0010).

Columns are the cells of a figure, rows are places: sites, or programmes. Hidden cells inside a table form a rectangle, some
rows × some columns, so that all an onlooker can compute are the sums of its rows and columns; none of these is small.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Key = Hashable
TOGETHER = ("together", 0)  # the rows that are too small to be shown, as one: their sum can be computed


@dataclass(frozen=True)
class Layer:
    """Numbers that must not be learned below the threshold, by column, then by row."""

    counts: Mapping[Key, Mapping[Key, int]]
    threshold: int

    def sum(self, columns: Iterable[Key], rows: Collection[Key]) -> int:
        return sum(self.counts.get(column, {}).get(row, 0) for column in columns for row in rows)

    def merged(self, rows: Collection[Key]) -> "Layer":
        """The same with one more row: these together."""
        return Layer({c: {**line, TOGETHER: self.sum([c], rows)} for c, line in self.counts.items()}, self.threshold)


@dataclass(frozen=True)
class Table:
    """`groups`: the columns of each figure; figures that are protected together may share a column.

    `telling`: columns that say something of everybody where they hold a whole row: what is 100 % is hidden like a small number.
    """

    groups: Sequence[Sequence[Key]]
    rows: Sequence[Key]
    layers: Sequence[Layer]
    telling: frozenset[Key] = frozenset()

    def is_small(self, columns: Collection[Key], rows: Collection[Key]) -> bool:
        return any(0 < layer.sum(columns, rows) < layer.threshold for layer in self.layers)

    def is_tight(self, columns: Collection[Key], rows: Collection[Key]) -> bool:
        """Whether the sum leaves one of the columns less room than the threshold, when each is at least one."""
        return any(0 < layer.sum(columns, rows) < layer.threshold + len(columns) for layer in self.layers)

    def size(self, columns: Collection[Key], rows: Collection[Key]) -> int:
        return max(layer.sum(columns, rows) for layer in self.layers)

    def full(self, group: Sequence[Key], rows: Collection[Key]) -> Key | None:
        """The telling column in which all of the rows lie."""
        total = self.layers[0].sum(group, rows)
        return next((c for c in group if c in self.telling and 0 < total == self.layers[0].sum([c], rows)), None)

    def merged(self, rows: Collection[Key]) -> "Table":
        if not rows:
            return self
        kept = [row for row in self.rows if row not in rows]
        return Table(self.groups, [*kept, TOGETHER], [layer.merged(rows) for layer in self.layers], self.telling)


@dataclass(frozen=True)
class Hidden:
    """`columns`: in the line over all rows. `rows`: wholly, with their totals, but for columns that are `empty` in all of
    them, which everybody can compute. `inner`: rows × columns inside the table. `cells`: single ones, by column and row."""

    columns: frozenset[Key] = frozenset()
    rows: frozenset[Key] = frozenset()
    empty: frozenset[Key] = frozenset()
    inner_rows: frozenset[Key] = frozenset()
    inner_columns: frozenset[Key] = frozenset()
    cells: frozenset[tuple[Key, Key]] = frozenset()
    everything: bool = False

    def hides(self, column: Key, row: Key | None = None) -> bool:
        if row is None:
            return self.everything or column in self.columns
        if self.everything or (row in self.rows and column not in self.empty):
            return True
        return (row in self.inner_rows and column in self.inner_columns) or (column, row) in self.cells

    def hides_total(self, row: Key | None = None) -> bool:
        return self.everything or row in self.rows


NOTHING = Hidden()


def protect(table: Table, already: Hidden = NOTHING) -> Hidden:
    """What to hide so that no number below the threshold shows or can be computed; `already` hidden stays hidden."""
    if already.everything or any(table.is_small(group, table.rows) for group in table.groups):
        return Hidden(everything=True)
    columns = _hidden_columns(table, already.columns)
    rows = _hidden_line([_totals(layer, table) for layer in table.layers], table.layers, already.rows)
    inner = table.merged(rows)
    inner_rows, inner_columns = _rectangle(
        inner, columns, {TOGETHER if row in rows else row for row in already.inner_rows}, already.inner_columns
    )
    covered = inner_columns if TOGETHER in inner_rows else frozenset()
    empty = {c for group in table.groups for c in group if rows and c not in covered and not table.size([c], rows)}
    return Hidden(columns, rows, frozenset(empty), inner_rows, inner_columns)


def _hidden_columns(table: Table, already: frozenset[Key]) -> frozenset[Key]:
    """Of the line over all rows. A shared column that one figure hides is hidden in all: until nothing is added."""
    hidden = already
    while True:
        before = hidden
        for group in table.groups:
            lines = [{column: layer.sum([column], table.rows) for column in group} for layer in table.layers]
            hidden |= _hidden_line(lines, table.layers, hidden & frozenset(group))
            hidden |= frozenset(group) if table.full(group, table.rows) is not None else frozenset()
        if hidden == before:
            return hidden


def _totals(layer: Layer, table: Table) -> dict[Key, int]:
    """Of the rows; the figures of one table count the same rows."""
    return {row: layer.sum(table.groups[0], [row]) for row in table.rows}


def _hidden_line(
    lines: Sequence[Mapping[Key, int]], layers: Sequence[Layer], already: frozenset[Key]
) -> frozenset[Key]:
    """What to hide in a line of numbers whose sum is shown. Zeros are shown, so a hidden number is known to be one or more."""
    limits = [(line, layer.threshold) for line, layer in zip(lines, layers, strict=True)]
    keys = list(lines[0])
    hidden = already | {key for key in keys for line, least in limits if 0 < line[key] < least}
    while _is_alone(hidden, lines) or any(_is_tight([line[key] for key in hidden], least) for line, least in limits):
        others = [key for key in keys if key not in hidden and any(line[key] for line in lines)]
        if not others:
            return frozenset(keys)  # zeros too: nobody can tell which of the dots are zeros
        hidden |= {min(others, key=lambda key: (max(line[key] for line in lines), str(key)))}
    return frozenset(hidden)


def _is_tight(numbers: Iterable[int], least: int) -> bool:
    """Whether the sum leaves some number less room than the threshold, when each is at least one."""
    hidden = [number for number in numbers if number]
    return bool(hidden) and sum(hidden) - len(hidden) < least


def _is_alone(hidden: Collection[Key], lines: Sequence[Mapping[Key, int]]) -> bool:
    """A large number may be hidden because another figure shares it; alone it would be what the sum leaves over."""
    return len([key for key in hidden if any(line[key] for line in lines)]) == 1


def _rectangle(
    table: Table, in_margin: frozenset[Key], rows: set[Key], columns: frozenset[Key]
) -> tuple[frozenset[Key], frozenset[Key]]:
    """Grows from the small cells until no sum of a hidden row or column is small."""
    every = [column for group in table.groups for column in group]
    small = {(c, r) for c in every for r in table.rows if table.is_small([c], [r])}
    small |= {(c, r) for g in table.groups for r in table.rows if (c := table.full(g, [r])) is not None}
    rows = rows | {row for _column, row in small}
    columns = columns | in_margin | {column for column, _row in small} if rows else frozenset()
    while step := _one_more(table, in_margin, rows, columns) or _beside_full(table, in_margin, rows, columns):
        rows, columns = rows | step[0], columns | step[1]
    return frozenset(rows), frozenset(columns)


def _one_more(
    table: Table, in_margin: frozenset[Key], rows: Collection[Key], columns: Collection[Key]
) -> tuple[set[Key], set[Key]] | None:
    """The row or column that must be added next: the smallest that helps where a sum is small."""
    for group in table.groups:
        hidden = [column for column in group if column in columns]
        is_alone = len([c for c in hidden if table.size([c], rows)]) == 1 and len(table.groups) > 1
        for row in _in_order(table, rows):
            if table.is_small(hidden, [row]) or is_alone:
                helps = [c for c in group if c not in columns and table.size([c], [row])]
                if helps:
                    return set(), {min(helps, key=lambda c: (table.size([c], rows), str(c)))}
        for piece in _pieces(hidden, in_margin):
            more = [r for r in table.rows if r not in rows and table.size(piece, [r])]
            if more and (table.is_small(piece, rows) or (len(piece) > 1 and table.is_tight(piece, rows))):
                return {min(more, key=lambda r: (table.size(hidden, [r]), str(r)))}, set()
    return None


def _beside_full(
    table: Table, in_margin: frozenset[Key], rows: Collection[Key], columns: Collection[Key]
) -> tuple[set[Key], set[Key]] | None:
    """All of a row lie in one column, as far as an onlooker knows, until enough may lie in others: these must be hidden too."""
    for group, row in product(table.groups, _in_order(table, rows)):
        full = table.full(group, [row])
        if full is None or full in in_margin:
            continue
        others = [column for column in group if column != full]
        hidden = [column for column in others if column in columns]
        if table.layers[0].sum(hidden, rows) >= table.layers[0].threshold:
            continue
        if more := [r for r in table.rows if r not in rows and table.size(hidden, [r])]:
            return {min(more, key=lambda r: (table.size(hidden, [r]), str(r)))}, set()
        if open_ := [c for c in others if c not in columns and table.size([c], table.rows)]:
            return set(), {min(open_, key=lambda c: (table.size([c], table.rows), str(c)))}
    return None


def _in_order(table: Table, rows: Collection[Key]) -> list[Key]:
    """A set has another order in every process; what is hidden must be the same in all of them."""
    return [row for row in table.rows if row in rows]


def _pieces(hidden: Sequence[Key], in_margin: frozenset[Key]) -> list[list[Key]]:
    """The columns whose sum is known: each whose total is shown, and the others together."""
    together = [column for column in hidden if column in in_margin]
    return [*([column] for column in hidden if column not in in_margin), *([together] if together else [])]
