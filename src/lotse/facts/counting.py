"""Many figures in one statement: each population is read once and grouped by its cells, the groups are folded here."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, count
from operator import or_
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Count, F, Func, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from lotse.facts.registry import Fact, Period, Population, Question
from lotse.facts.values import settled
from lotse.organisations.actor import Actor

MISSING, TOTAL = "_missing", "_total"
ALL = ("all", 0)
TOGETHER = 8
BETWEEN = "|"  # after each piece of a group's text
Row = tuple[str, int]


KINDS = ("total", "new", "last")
Numbers = dict[str, dict[Row, int]]


class Tally:
    """The counts of one figure: by kind, cell and row, where a row is `ALL`, ("site", id) or ("programme", id).

    `total` counts everything; `new` and `last` those that the year before, or the year after, does not count any more:
    they are what two neighbouring years differ by. `unseen total` and so on: of these, what the actor may not read.
    """

    def __init__(self) -> None:
        self.kinds: dict[str, Numbers] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        self.minutes: Numbers = defaultdict(lambda: defaultdict(int))

    def add(
        self, cell: str, site: int, programme: int, flags: tuple[int, int, int], count: int, minutes: int = 0
    ) -> None:
        for row in (ALL, ("site", site), ("programme", programme)):
            self.minutes[cell][row] += minutes
        is_seen, *flagged = flags
        for kind in (kind for kind, holds in zip(KINDS, (1, *flagged), strict=True) if holds):
            for row in (ALL, ("site", site), ("programme", programme)):
                self.kinds[kind][cell][row] += count
                if not is_seen:
                    self.kinds[f"unseen {kind}"][cell][row] += count

    def count(self, cell: str, row: Row, kind: str = "total") -> int:
        return self.kinds[kind].get(cell, {}).get(row, 0)

    def minutes_of(self, cells: Iterable[str], row: Row) -> int:
        return sum(self.minutes[cell][row] for cell in cells if cell in self.minutes)

    @property
    def cells(self) -> list[str]:
        return list(self.kinds["total"])


def tally(facts: Sequence[Fact], question: Question) -> dict[str, Tally]:
    """By key of the figure. One statement, however many figures there are."""
    asked, by_root = settled(question, facts), _by_root(facts)
    parts = [part for found in by_root for part in found]
    tallies = {f.key: Tally() for f in facts}
    _fold(parts, _groups(by_root, asked), tallies)
    return tallies


def _by_root(facts: Sequence[Fact]) -> list[list[list[Fact]]]:
    """What is read in one pass, in parts that are grouped together: of one population, and with too many figures in a
    part there would be as many groups as rows."""
    found: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for f in facts:
        found[f.population.root.key][f.population.key].append(f)
    return [[part for same in root.values() for part in _parts(same)] for root in found.values()]


def _parts(facts: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    for at in range(0, len(facts), TOGETHER):
        yield facts[at : at + TOGETHER]


def rows_of_cell(fact: Fact, cell: str, question: Question, reader: Actor | None = None) -> QuerySet:
    """The rows counted in a cell that the actor may read; `reader`: where another counts than reads."""
    question = settled(question, [fact])
    rows = _at_place(fact.population, fact.population.countable(question.actor, question.period), question)
    rows = rows.filter(fact.population.visible(reader or question.actor)).select_related(*fact.population.related)
    if cell == TOTAL:
        return rows
    rows = _joined([fact.population], rows, question).annotate(in_cell=fact.cell(question.period))
    return rows.filter(Q(in_cell=None) | Q(in_cell="") if cell == MISSING else Q(in_cell=cell))


def _counted(population: Population, question: Question) -> QuerySet:
    """For what she may read, the rows in question. For what she may only count, those of all places: protecting one
    number needs the numbers beside it."""
    rows = population.countable(question.actor, question.period).order_by()
    if question.own:
        rows = _at_place(population, rows.filter(population.visible(question.actor)), question)
    return rows


def _joined(populations: Iterable[Population], rows: QuerySet, question: Question) -> QuerySet:
    """Who reviews no site reads her own files only: few beside all that there are."""
    are_few = question.own and not question.actor.reviewed_site_ids
    for joins in {population.joins for population in populations if population.joins}:
        rows = joins(rows, question.period, are_few)
    return rows


def _at_place(population: Population, rows: QuerySet, question: Question) -> QuerySet:
    if question.site_id:
        rows = rows.filter(**{population.site: question.site_id})
    if question.programme_id:
        rows = rows.filter(**{population.programme: question.programme_id})
    return rows


def _groups(by_root: Sequence[Sequence[Sequence[Fact]]], question: Question) -> list[tuple]:
    """Number of the part, place and cells as texts, how many, and how many minutes. Rows are read once, whatever is counted
    of them; the ORM knows no such statement, so it writes only the parts that read the rows."""
    sources, groups, values, which = [], [], [], count()
    for number, parts in enumerate(by_root):
        names = {f"k{next(which)}": part for part in parts}
        try:
            sql, params = _rows(names, question).query.sql_with_params()
        except EmptyResultSet:  # nothing that she may count
            continue
        sources.append(f"p{number} AS ({sql})")
        values += params
        groups += [_group(name, f"p{number}", is_all=len(_populations(chain(*parts))) == 1) for name in names]
    if not sources:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(sources)} {' UNION ALL '.join(groups)}", values)
        return cursor.fetchall()


def _group(name: str, source: str, *, is_all: bool) -> str:
    """A condition that always holds would have the text made twice."""
    picked = "" if is_all else f"WHERE {name} IS NOT NULL"
    sums = "SUM(counts), SUM(measures)"
    return f"SELECT {name[1:]}, counted_at, {name}, {sums} FROM {source} {picked} GROUP BY counted_at, {name}"  # noqa: S608


def _rows(names: Mapping[str, Sequence[Fact]], question: Question) -> QuerySet:
    """The rows of the root, with a text for each part of the figures: NULL where its population does not count the row."""
    populations = _populations(chain(*names.values()))
    root = populations[0].root
    rows = _joined(populations, _counted(root, question), question)
    picks = [population.picked(question.period) for population in populations]
    if all(picks):
        rows = rows.filter(reduce(or_, picks))
    keys = {name: _cells(part, question, is_all=len(picks) == 1) for name, part in names.items()}
    rows = rows.annotate(
        counted_at=_place(root, question),
        counts=F(root.weight) if root.weight else Value(1),
        measures=_minutes(root),
        **keys,
    )
    return rows.values_list("counted_at", "counts", "measures", *keys)


def _populations(facts: Iterable[Fact]) -> list[Population]:
    return list({f.population.key: f.population for f in facts}.values())


def _place(population: Population, question: Question) -> "_Text":
    return _text(
        [
            F(population.site),
            F(population.programme),
            _flag(None if question.own else population.visible(question.actor)),
            _differs(population.arrived, question),
            _differs(population.left, question),
        ]
    )


def _cells(part: Sequence[Fact], question: Question, *, is_all: bool) -> Any:
    text = _text([f.cell(question.period) for f in part])
    picked = part[0].population.picked(question.period)
    return text if is_all or not picked else Case(When(picked, then=text), output_field=CharField())


class _Text(Func):
    """In one column rows are grouped in a fraction of the time; nested, as `Concat` does it, it is too deep for SQLite."""

    template, arg_joiner = "(%(expressions)s)", " || "
    output_field = CharField()


def _text(columns: Iterable[Any]) -> _Text:
    """None is an empty text, as in every cell."""
    texts = [Coalesce(Cast(column, CharField()), Value("")) for column in columns]
    return _Text(*(piece for text in texts for piece in (text, Value(BETWEEN))))


def _minutes(population: Population) -> Any:
    measured = population.measure.parts if population.measure else Value(0, output_field=IntegerField())
    return Coalesce(measured, 0)


def _differs(condition: Callable[[Period], Q] | None, question: Question) -> Any:
    """Only needed where something may have to be hidden."""
    return _flag(condition(question.period) if condition and not question.own else None, otherwise=0)


def _flag(condition: Q | None, otherwise: int = 1) -> Any:
    """1 where the condition holds; the same for all where there is none."""
    if condition is None:
        return Value(otherwise, output_field=IntegerField())
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _fold(parts: Sequence[Sequence[Fact]], groups: Iterable[tuple], tallies: Mapping[str, Tally]) -> None:
    sums: Counter[tuple] = Counter()
    minutes: Counter[tuple] = Counter()
    for which, where, cells, number, measured in groups:
        site, programme, is_seen, is_new, is_last, _end = (
            int(piece) if piece else None for piece in where.split(BETWEEN)
        )
        for f, cell in zip(parts[which], cells.split(BETWEEN), strict=False):
            key = (f.key, cell or MISSING, site, programme, (is_seen, is_new, is_last))
            sums[key] += int(number)
            minutes[key] += int(measured)
    for (key, *place), number in sums.items():
        tallies[key].add(*place, number, minutes[(key, *place)])


def exact(facts: Sequence[Fact], question: Question) -> Counter[tuple[str, ...]]:
    """True numbers by the cells of one figure, or of two that count the same rows. They are shown to nobody as they are:
    who closes a period freezes them (wayup)."""
    question = settled(question, facts)
    (population,) = _populations(facts)
    cells = {f"d{number}": f.cell(question.period) for number, f in enumerate(facts)}
    rows = _at_place(population, population.countable(question.actor, question.period).order_by(), question)
    rows = _joined([population], rows, question).annotate(**cells).values_list(*cells)
    sums: Counter[tuple[str, ...]] = Counter()
    for *found, number in rows.annotate(n=Sum(population.weight) if population.weight else Count("pk")):
        sums[tuple(cell or MISSING for cell in found)] += number
    return sums
