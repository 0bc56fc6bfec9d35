"""The figures of a network together: held beside required, and the rest, for who counts or organises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from lotse.facts.counting import TOTAL, rows_of_cell
from lotse.facts.registry import Fact, Line, Period, Question, fact
from lotse.facts.results import Result, evaluate
from lotse.network.facts import OF_INTEGRATION, OF_MEETINGS, OF_NETWORK, TOPICS
from lotse.organisations.actor import Actor

SHOWN = (
    *(f"meetings.{key}" for key in OF_MEETINGS),
    *(f"integration.{key}" for key in OF_INTEGRATION),
    *(f"network.{key}" for key in OF_NETWORK),
)
BESIDE = ("meetings.by_kind", "meetings.required")
MOST_LINES = 200


@dataclass(frozen=True)
class Kind:
    """Meetings of one kind of format: how many there were, how many there should be."""

    label: str
    held: int
    required: int

    @property
    def lacks(self) -> bool:
        return self.held < self.required


@dataclass(frozen=True)
class Figures:
    kinds: Sequence[Kind]
    others: Sequence[Result]
    median_days: int | None

    @property
    def nothing(self) -> list[str]:
        """Titles of figures for which nothing was counted."""
        return [result.fact.title for result in self.others if not result.total.count]


def year_of(actor: Actor, year: int) -> Question:
    return Question(actor, Period(date(year, 1, 1), date(year, 12, 31)))


def figures_of(question: Question) -> Figures:
    """Two statements: all figures, and the days that answers took."""
    results = {result.fact.key: result for result in evaluate([fact(key) for key in SHOWN], question)}
    held, required = (results.pop(key) for key in BESIDE)
    return Figures(_kinds(held, required), list(results.values()), median_days(question))


def _kinds(held: Result, required: Result) -> list[Kind]:
    labels = {cell.key: cell.label for cell in (*held.recorded, *required.recorded)}

    def count(result: Result, key: str) -> int:
        cell = result.cell(key)
        return (cell.count or 0) if cell else 0

    found = (Kind(label, count(held, key), count(required, key)) for key, label in labels.items())
    return sorted(found, key=lambda kind: (not kind.lacks, kind.label))


def median_days(question: Question) -> int | None:
    """From the forum's release to the answer, of the topics that have one."""
    rows = TOPICS.countable(question.actor, question.period).filter(answered_on__isnull=False)
    days = [(answered - released).days for released, answered in rows.values_list("released_on", "answered_on")]
    return round(median(days)) if days else None


def shown_fact(key: str) -> Fact | None:
    return fact(key) if key in SHOWN else None


def lines_of(found: Fact, cell: str, question: Question) -> list[Line]:
    """What she may read of it, the newest first."""
    rows: list[Any] = list(rows_of_cell(found, cell, question)[:MOST_LINES])
    lines = [found.population.line(row) for row in rows]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def counted_in(found: Fact, cell: str, question: Question) -> tuple[str, int] | None:
    """The words of a cell and its number; None where there is no such cell."""
    (result,) = evaluate([found], question)
    shown = result.total if cell == TOTAL else result.cell(cell)
    return (shown.label, shown.count or 0) if shown else None
