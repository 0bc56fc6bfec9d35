"""Two figures of the same rows against each other, hidden as one table with both its margins (ADR 0010, 0035).

Its margins are what the figures show by themselves, cell by cell: otherwise one would be the way round the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from lotse.facts.counting import ALL, KINDS, MISSING, Tally, tally
from lotse.facts.disclosure import NOTHING, Hidden, Layer, Table, protect
from lotse.facts.registry import Fact, Period, Places, Question, bundle_of
from lotse.facts.results import NOWHERE, Cell, Result, evaluate

BETWEEN = "\x1f"
Pair = tuple[Fact, Fact]


@dataclass(frozen=True)
class Cross:
    """`rows` and `columns` with their own numbers; `inner` by their keys, None for hidden."""

    down: Fact
    across: Fact
    rows: tuple[Cell, ...]
    columns: tuple[Cell, ...]
    inner: Mapping[tuple[str, str], int | None]
    total: int | None

    def count(self, row: Cell, column: Cell) -> int | None:
        return self.inner[row.key, column.key]


def crosses(
    pairs: Sequence[Pair], question: Question, places: Places = NOWHERE, *, leaves_house: bool = False
) -> list[Cross | None]:
    """None where one of the two is not counted. For who may only count there are no places: that would be a third figure."""
    if not question.own and (question.site_id or question.programme_id):
        return [None] * len(pairs)
    page = _alone(pairs, question, places)
    file = _alone(pairs, question, places, leaves_house=True) if leaves_house else page
    counted = [pair for pair in pairs if all(f.key in page for f in pair)]
    tallies = tally([_both(*pair) for pair in counted], question) if counted else {}
    made = {
        pair: _cross(pair, question, tallies[_both(*pair).key], page, file, leaves_house=leaves_house)
        for pair in counted
    }
    return [made.get(pair) for pair in pairs]


def _alone(pairs: Iterable[Pair], question: Question, places: Places, **more: bool) -> dict[str, Result]:
    """With the figures that are protected together with them."""
    wanted = {f.key: f for pair in pairs for one in pair for f in (one, *bundle_of(one))}
    return {result.fact.key: result for result in evaluate(list(wanted.values()), question, places, **more)}


def _both(down: Fact, across: Fact) -> Fact:
    def cell(period: Period) -> Any:
        return Concat(_text(down, period), Value(BETWEEN), _text(across, period), output_field=CharField())

    return replace(down, key=f"{down.key}/{across.key}", cell=cell)


def _text(fact: Fact, period: Period) -> Any:
    return Coalesce(Cast(fact.cell(period), CharField()), Value(""), output_field=CharField())


def _cross(
    pair: Pair, question: Question, found: Tally, page: Mapping[str, Result], file: Mapping[str, Result], *,
    leaves_house: bool,
) -> Cross:  # fmt: skip
    down, across = (_axis(pair, file[f.key]) for f in pair)
    hidden = NOTHING if question.own else protect(_table(down, across, found, _inside(pair)), _margins(pair, page))
    if leaves_house:
        layers = {**_inside(pair), **_outside(question)}
        hidden = protect(_table(down, across, found, layers), _together(hidden, _margins(pair, file)))
    inner = {
        (a.key, b.key): None if hidden.hides(b.key, a.key) else _count(found, a.key, b.key)
        for a in down
        for b in across
    }
    return Cross(*pair, down, across, inner, _total(file[pair[0].key], down))


def _total(result: Result, shown: Sequence[Cell]) -> int | None:
    parts = [result.total.count] if shown == result.cells else [result.total.count, result.missing.count]
    return None if None in parts else parts[0] - sum(parts[1:])  # type: ignore[operator,arg-type]


def _axis(pair: Pair, result: Result) -> tuple[Cell, ...]:
    """Where both have the same rows without record, these say nothing, and known zeros beside them would protect nothing."""
    return result.recorded if pair[0].bundle == pair[1].bundle else result.cells


def _inside(pair: Pair) -> dict[str, int]:
    least = max(settings.SMALL_CELL_INSIDE, *(f.population.least for f in pair))
    return {f"unseen {kind}": least for kind in KINDS}


def _outside(question: Question) -> dict[str, int]:
    return dict.fromkeys(["total"] if question.own else KINDS, settings.SMALL_CELL_OUTSIDE)


def _table(down: Sequence[Cell], across: Sequence[Cell], found: Tally, layers: Mapping[str, int]) -> Table:
    rows, columns = [cell.key for cell in down], [cell.key for cell in across]
    return Table(
        [columns],
        rows,
        [Layer({c: {r: _count(found, r, c, kind) for r in rows} for c in columns}, n) for kind, n in layers.items()],
    )


def _count(found: Tally, down: str, across: str, kind: str = "total") -> int:
    key = BETWEEN.join("" if cell == MISSING else cell for cell in (down, across))
    return found.count(key, ALL, kind)


def _margins(pair: Pair, results: Mapping[str, Result]) -> Hidden:
    down, across = (frozenset(c.key for c in results[f.key].cells if c.count is None) for f in pair)
    return Hidden(columns=across, rows=down, everything=any(results[f.key].total.count is None for f in pair))


def _together(one: Hidden, other: Hidden) -> Hidden:
    return Hidden(
        columns=one.columns | other.columns,
        rows=one.rows | other.rows,
        inner_rows=one.inner_rows | other.inner_rows,
        inner_columns=one.inner_columns | other.inner_columns,
        everything=one.everything or other.everything,
    )
