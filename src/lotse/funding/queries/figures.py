"""The figures of money in a year for one person, and the rows behind each."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from lotse.facts.counting import rows_of_cell
from lotse.facts.registry import Fact, Period, Question, all_facts
from lotse.facts.results import Cell, Result, evaluate
from lotse.organisations.actor import Actor

SHEET = "funding"


def figures(actor: Actor, year: int) -> list[Result]:
    return evaluate([fact for fact in all_facts() if fact.sheet == SHEET], _question(actor, year))


def cell_of(actor: Actor, year: int, name: str, key: str) -> tuple[Fact, Cell]:
    """Cells are named by what was counted, so that only the figure itself knows them."""
    found = next((fact for fact in all_facts() if fact.key == f"{SHEET}.{name}"), None)
    if found is None:
        raise Http404
    (result,) = evaluate([found], _question(actor, year))
    cell = result.cell(key)
    if cell is None:
        raise Http404
    return found, cell


def rows(actor: Actor, year: int, fact: Fact, cell: Cell) -> QuerySet:
    return rows_of_cell(fact, cell.key, _question(actor, year))


def _question(actor: Actor, year: int) -> Question:
    return Question(actor, Period(date(year, 1, 1), date(year, 12, 31)))
