"""Figures as they may be shown to one person: who may read every counted row sees the number, everybody else a safe one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from lotse.facts.counting import ALL, KINDS, MISSING, TOTAL, Row, Tally, tally
from lotse.facts.disclosure import NOTHING, Hidden, Layer, Table, protect
from lotse.facts.registry import Fact, Places, Question

NOT_RECORDED = "nicht erhoben"
NOWHERE = Places()


@dataclass(frozen=True)
class Cell:
    """`count` None: hidden, shown as a dot. `unseen`: how many of them the actor may not read. `amount`: what the rows
    add up to, where they do; never beside a hidden count."""

    key: str
    label: str
    count: int | None
    unseen: int | None = 0
    amount: Decimal | None = None


@dataclass(frozen=True)
class Share:
    """Of those of whom it was recorded (or of some cells of them), how many fall into the cells that the figure names; of
    money, how much."""

    numerator: int | Decimal
    denominator: int | Decimal

    @property
    def percent(self) -> int | None:
        """Whole per cent, a half is rounded up; None where nothing was recorded."""
        if not self.denominator:
            return None
        return int((200 * self.numerator + self.denominator) // (2 * self.denominator))


@dataclass(frozen=True)
class Result:
    """`cells` end with "not recorded", so that they add up to the total."""

    fact: Fact
    cells: tuple[Cell, ...]
    total: Cell

    @property
    def recorded(self) -> tuple[Cell, ...]:
        return self.cells[:-1]

    @property
    def missing(self) -> Cell:
        return self.cells[-1]

    @property
    def share(self) -> Share | None:
        """None where the figure has none, or where any number that it is made of is hidden."""
        share, of = self.fact.share, self.fact.share_of or [cell.key for cell in self.recorded]
        cells = {cell.key: cell for cell in self.recorded if cell.key in {*share, *of}}
        numbers = [*(cell.count for cell in cells.values()), self.missing.count, self.total.count]
        if not share or None in numbers:
            return None
        return Share(
            self._sum(cells[key] for key in share if key in cells), self._sum(cells[key] for key in of if key in cells)
        )

    def _sum(self, cells: Iterable[Cell]) -> int | Decimal:
        measure = self.fact.population.measure
        if measure and measure.is_money:
            return sum((cell.amount or Decimal(0) for cell in cells), Decimal(0))
        return sum(cell.count or 0 for cell in cells)

    def cell(self, key: str) -> Cell | None:
        return next((cell for cell in (*self.cells, self.total) if cell.key == key), None)


def evaluate(
    facts: Sequence[Fact], question: Question, places: Places = NOWHERE, *, leaves_house: bool = False
) -> list[Result]:
    """Count all figures in one statement, then hide. What would open a way to subtract is left out (ADR 0010)."""
    wanted = [f for f in facts if _applies(f, question)]
    if not wanted:
        return []
    counted = _Counted(question, places, tally(wanted, question))
    results = {}
    for bundle in _bundles(wanted):
        hidden = _hidden(bundle, counted, leaves_house)
        results |= {f.key: _shown(f, counted, hidden) for f in bundle}
    return [results[f.key] for f in wanted]


def _applies(fact: Fact, question: Question) -> bool:
    if not fact.population.is_for(question.actor):
        return False
    at_a_place = question.site_id or question.programme_id
    if at_a_place and (fact.population.of_house or (fact.by_site and not question.own)):
        return False
    if question.own:
        needed = fact.population.own_needs
        return not fact.population.closed and (needed is None or question.actor.may(needed))
    return question.with_stock or not fact.population.is_stock


@dataclass(frozen=True)
class _Counted:
    question: Question
    places: Places
    tallies: Mapping[str, Tally]

    def columns(self, fact: Fact) -> list[str]:
        """The cells that are always shown, the others by their words (never by size), then "not recorded"."""
        fixed = [key for key, _name in self.places.sites.values()] if fact.by_site else list(fact.keys)
        others = set(self.tallies[fact.key].cells) - {*fixed, MISSING}
        return [*fixed, *sorted(others, key=fact.words), MISSING]

    def rows(self, facts: Sequence[Fact]) -> list[Row]:
        """All places of one kind: what one filter shows must not be the difference to what the others show."""
        if self.question.own:
            return [ALL]
        kind = "programme" if self.question.programme_id else "site"
        offered = {(kind, pk) for pk in (self.places.programmes if kind == "programme" else self.places.sites)}
        lines = (line for f in facts for line in self.tallies[f.key].kinds["total"].values())
        found = {row for line in lines for row in line if row[0] == kind}
        return sorted(offered | found)

    @property
    def row(self) -> Row | None:
        """The line that the question is about; None: the one over all places."""
        asked = self.question
        if asked.own or not (asked.site_id or asked.programme_id):
            return None
        return ("programme", asked.programme_id) if asked.programme_id else ("site", asked.site_id or 0)

    def label(self, fact: Fact, key: str) -> str:
        if key == MISSING:
            return NOT_RECORDED
        return dict(self.places.sites.values()).get(key, key) if fact.by_site else fact.words(key)


def _bundles(facts: Iterable[Fact]) -> list[list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for f in facts:
        found[f.bundle].append(f)
    return list(found.values())


def _hidden(bundle: Sequence[Fact], counted: _Counted, leaves_house: bool) -> Hidden:
    """What leaves the house is protected again, more strictly, and shows nothing that the page hides."""
    if bundle[0].population.of_house:
        return NOTHING
    groups = [[_column(f, cell) for cell in counted.columns(f)] for f in bundle]
    rows = counted.rows(bundle)
    least = max(settings.SMALL_CELL_INSIDE, *(f.population.least for f in bundle))
    inside = [_layer(bundle, counted, f"unseen {kind}", least) for kind in KINDS]
    hidden = NOTHING if counted.question.own else protect(Table(groups, rows, inside))
    if leaves_house:
        kinds = ["total"] if counted.question.own else KINDS
        outside = [_layer(bundle, counted, kind, settings.SMALL_CELL_OUTSIDE) for kind in kinds]
        hidden = protect(Table(groups, rows, [*inside, *outside]), hidden)
    return hidden


def _layer(bundle: Sequence[Fact], counted: _Counted, kind: str, threshold: int) -> Layer:
    numbers = {f: counted.tallies[f.key].kinds[kind] for f in bundle}
    return Layer({_column(f, cell): line for f in bundle for cell, line in numbers[f].items()}, threshold)


def _column(fact: Fact, cell: str) -> str:
    return f"{fact.bundle if cell == MISSING else fact.key}:{cell}"


def _shown(fact: Fact, counted: _Counted, hidden: Hidden) -> Result:
    found, row = counted.tallies[fact.key], counted.row
    sites = {key: ("site", pk) for pk, (key, _name) in counted.places.sites.items()}

    def amount(keys: Iterable[str]) -> Decimal | None:
        measure = fact.population.measure
        is_recorded = measure is not None and list(keys) != [MISSING]
        return Decimal(found.minutes_of(keys, row or ALL)) / measure.of if is_recorded else None  # type: ignore[union-attr]

    def cell(key: str) -> Cell:
        is_hidden = hidden.hides(_column(fact, key), row)
        if fact.by_site and not counted.question.own:  # its cells are the totals of the other figures' rows
            is_hidden = hidden.hides_total(sites.get(key))
        numbers = (found.count(key, row or ALL, kind) for kind in ("total", "unseen total"))
        return Cell(key, counted.label(fact, key), *((None,) * 3 if is_hidden else (*numbers, amount([key]))))

    numbers = (sum(found.count(key, row or ALL, kind) for key in found.cells) for kind in ("total", "unseen total"))
    total = Cell(TOTAL, "zusammen", *((None,) * 3 if hidden.hides_total(row) else (*numbers, amount(found.cells))))
    return Result(fact, tuple(cell(key) for key in counted.columns(fact)), total)
