"""Many figures in one statement: each population is grouped once by all its cells, the groups are folded here."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from lotse.facts.registry import Fact, Period, Population, Question

MISSING, TOTAL = "_missing", "_total"
ALL = ("all", 0)
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
    populations = list({f.population.key: f.population for f in facts}.values())
    parts = [[f for f in facts if f.population is p] for p in populations]
    width = max(len(part) for part in parts)
    first, *others = (_grouped(p, part, question, width) for p, part in zip(populations, parts, strict=True))
    return _folded(facts, first.union(*others, all=True) if others else first)


def rows_of_cell(fact: Fact, cell: str, question: Question) -> QuerySet:
    """The rows counted in a cell that the actor may read."""
    rows = _at_place(fact.population, fact.population.countable(question.actor, question.period), question)
    rows = rows.filter(fact.population.visible(question.actor)).select_related(*fact.population.related)
    if cell == TOTAL:
        return rows
    rows = rows.annotate(in_cell=fact.cell(question.period))
    return rows.filter(Q(in_cell=None) | Q(in_cell="") if cell == MISSING else Q(in_cell=cell))


def _counted(population: Population, question: Question) -> QuerySet:
    """For what she may read, the rows in question. For what she may only count, those of all places: protecting one
    number needs the numbers beside it."""
    rows = population.countable(question.actor, question.period).order_by()
    if question.own:
        rows = _at_place(population, rows.filter(population.visible(question.actor)), question)
    return rows


def _at_place(population: Population, rows: QuerySet, question: Question) -> QuerySet:
    if question.site_id:
        rows = rows.filter(**{population.site: question.site_id})
    if question.programme_id:
        rows = rows.filter(**{population.programme: question.programme_id})
    return rows


def _grouped(population: Population, facts: Sequence[Fact], question: Question, width: int) -> QuerySet:
    cells = [f.cell(question.period) for f in facts]
    cells += [Value("", output_field=CharField())] * (width - len(cells))
    named = {f"d{number}": cell for number, cell in enumerate(cells)}
    rows = _counted(population, question).annotate(
        which=Value(population.key, output_field=CharField()),
        at_site=F(population.site),
        in_programme=F(population.programme),
        is_seen=_flag(None if question.own else population.visible(question.actor)),
        is_new=_differs(population.arrived, question),
        is_last=_differs(population.left, question),
        **named,
    )
    return rows.values_list("which", "at_site", "in_programme", "is_seen", "is_new", "is_last", *named).annotate(
        n=Sum(population.weight) if population.weight else Count("pk"), minutes=_minutes(population)
    )


def _minutes(population: Population) -> Any:
    measured = population.measure.minutes if population.measure else Value(0, output_field=IntegerField())
    return Coalesce(Sum(measured), 0)


def _differs(condition: Callable[[Period], Q] | None, question: Question) -> Any:
    """Only needed where something may have to be hidden."""
    return _flag(condition(question.period) if condition and not question.own else None, otherwise=0)


def _flag(condition: Q | None, otherwise: int = 1) -> Any:
    """1 where the condition holds; the same for all where there is none."""
    if condition is None:
        return Value(otherwise, output_field=IntegerField())
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _folded(facts: Sequence[Fact], groups: Iterable[tuple]) -> dict[str, Tally]:
    tallies = {f.key: Tally() for f in facts}
    by_population: dict[str, list[str]] = defaultdict(list)
    for f in facts:
        by_population[f.population.key].append(f.key)
    sums: Counter[tuple] = Counter()
    minutes: Counter[tuple] = Counter()
    for which, site, programme, is_seen, is_new, is_last, *cells, count, measured in groups:
        for key, cell in zip(by_population[which], cells, strict=False):
            place = (key, cell or MISSING, site, programme, (is_seen, is_new, is_last))
            sums[place] += count
            minutes[place] += measured
    for (key, *place), count in sums.items():
        tallies[key].add(*place, count, minutes[(key, *place)])
    return tallies


def exact(facts: Sequence[Fact], question: Question) -> Counter[tuple[str, ...]]:
    """True numbers by the cells of one figure, or of two that count the same rows. They are shown to nobody as they are:
    who closes a period freezes them (wayup)."""
    (population,) = {f.population.key: f.population for f in facts}.values()
    cells = {f"d{number}": f.cell(question.period) for number, f in enumerate(facts)}
    rows = _at_place(population, population.countable(question.actor, question.period).order_by(), question)
    counted = Sum(population.weight) if population.weight else Count("pk")
    sums: Counter[tuple[str, ...]] = Counter()
    for *found, number in rows.annotate(**cells).values_list(*cells).annotate(n=counted):
        sums[tuple(cell or MISSING for cell in found)] += number
    return sums
