"""What of a closing may be looked at. Every display hides anew; what was drawn up before might be lying beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from lotse.facts.disclosure import Hidden, Layer, Table, protect
from lotse.facts.registry import fact
from lotse.organisations.actor import Actor
from lotse.wayup.models import Closing
from lotse.wayup.queries import parts_of, revisions
from lotse.wayup.tables import MISSING, OTHER, Cells, Dimension, TableForm, added

ALONE = "alone"  # the only row of a table with one dimension
WORDS = {OTHER: "weitere aus eigenen Listen", MISSING: "nicht erhoben"}
Numbers = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Line:
    """`counts` None: hidden, a dot. The last is the sum."""

    label: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class Shown:
    """`heads`: over the columns, none where a table has one dimension. The last line is the sum."""

    key: str
    title: str
    unit: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def total(self) -> int | None:
        return self.lines[-1].counts[-1]


def shown(actor: Actor, closing: Closing) -> list[Shown]:
    """`unread`: without the sites whose files she reviews. What she knows anyway protects nobody."""
    form, now, earlier = closing.period.form, closing.numbers, [row.numbers for row in revisions(closing)]
    read = [part.numbers for part in parts_of(closing) if part.site_id in actor.reviewed_site_ids]
    known = added(form, read)
    unread = {t.key: {key: n - known[t.key].get(key, 0) for key, n in now[t.key].items()} for t in form.tables}
    return [_table(t, now[t.key], unread[t.key], [old[t.key] for old in earlier]) for t in form.tables]


def _table(form: TableForm, cells: Cells, unread: Cells, earlier: Sequence[Cells]) -> Shown:
    """Rows are the first figure, columns the second."""
    numbers = _numbers(form, cells)
    hidden = _hidden([numbers, _numbers(form, unread)], [_numbers(form, old) for old in earlier])
    rows, columns = list(numbers), list(next(iter(numbers.values())))
    view = _View(numbers, hidden)
    if len(form.dimensions) == 1:
        lines = [Line(_words(form.dimensions[0], c), (view.column(c),)) for c in view.used_columns(columns)]
        return Shown(form.key, form.title, form.unit, (), (*lines, Line("zusammen", (view.total,))))
    first, second = form.dimensions
    kept = view.used_columns(columns)
    lines = [
        Line(_words(first, r), (*(view.cell(r, c) for c in kept), view.row(r))) for r in view.used_rows(rows)
    ]  # fmt: skip
    sums = Line("zusammen", (*(view.column(c) for c in kept), view.total))
    heads = (*(_words(second, c) for c in kept), "zusammen")
    return Shown(form.key, form.title, form.unit, heads, (*lines, sums))


def _words(dimension: Dimension, key: str) -> str:
    return WORDS.get(key) or fact(dimension.fact).words(key)


def _numbers(form: TableForm, cells: Cells) -> dict[str, dict[str, int]]:
    """By row and column, zeros too."""
    if len(form.dimensions) == 1:
        return {ALONE: {key: cells.get((key,), 0) for key in form.dimensions[0].cells}}
    first, second = form.dimensions
    return {row: {column: cells.get((row, column), 0) for column in second.cells} for row in first.cells}


@dataclass(frozen=True)
class _View:
    numbers: Numbers
    hidden: Hidden

    def cell(self, row: str, column: str) -> int | None:
        return None if self.hidden.everything or self.hidden.hides(column, row) else self.numbers[row][column]

    def row(self, row: str) -> int | None:
        return None if self.hidden.hides_total(row) else sum(self.numbers[row].values())

    def column(self, column: str) -> int | None:
        return None if self.hidden.hides(column) else sum(line[column] for line in self.numbers.values())

    @property
    def total(self) -> int | None:
        return None if self.hidden.everything else sum(sum(line.values()) for line in self.numbers.values())

    def used_rows(self, rows: Iterable[str]) -> list[str]:
        """Without "other" where it is a zero that everybody may see; the same for columns."""
        return [row for row in rows if row != OTHER or self.row(row) != 0]

    def used_columns(self, columns: Iterable[str]) -> list[str]:
        return [column for column in columns if column != OTHER or self.column(column) != 0]


def _hidden(numbers: Sequence[Numbers], earlier: Sequence[Numbers]) -> Hidden:
    now = numbers[0]
    columns = list(next(iter(now.values())))
    counts = [{c: {row: line[c] for row, line in layer.items()} for c in columns} for layer in numbers]
    layers = [Layer(layer, settings.SMALL_CELL_OUTSIDE) for layer in counts]
    return protect(Table([columns], list(now), layers), _changed_by_few(now, earlier))


def _changed_by_few(now: Numbers, earlier: Sequence[Numbers]) -> Hidden:
    """What differs from an earlier revision by so few that the difference could point to a person."""
    columns, rows, inner = set[str](), set[str](), set[tuple[str, str]]()
    for old in earlier:
        steps = {row: {c: n - old[row][c] for c, n in line.items()} for row, line in now.items()}
        rows |= {row for row, line in steps.items() if _is_few(sum(line.values()))}
        columns |= {c for c in next(iter(steps.values())) if _is_few(sum(line[c] for line in steps.values()))}
        inner |= {(row, c) for row, line in steps.items() for c, n in line.items() if _is_few(n)}
    if len(now) == 1:  # its only row is the sum
        rows, inner = set(), set()
    return Hidden(
        columns=frozenset(columns),
        rows=frozenset(rows),
        inner_rows=frozenset(row for row, _column in inner),
        inner_columns=frozenset(column for _row, column in inner),
    )


def _is_few(difference: int) -> bool:
    return 0 < abs(difference) < settings.SMALL_CELL_OUTSIDE
