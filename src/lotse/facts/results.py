"""A figure as it may be shown to one person, with the trace by which it opens again."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from lotse.facts.disclosure import suppress, suppress_total
from lotse.facts.registry import Fact, Period, Scope
from lotse.organisations.actor import Actor

MISSING = "_missing"


@dataclass(frozen=True)
class Cell:
    """`count` None: hidden by disclosure control, shown as a dot."""

    key: str
    label: str
    count: int | None


@dataclass(frozen=True)
class Result:
    fact: Fact
    cells: tuple[Cell, ...]
    missing: int | None
    total: int | None
    is_exact: bool
    trace: dict[str, Any]


def evaluate(fact: Fact, actor: Actor, scope: Scope, period: Period, *, leaves_house: bool = False) -> Result:
    """Count, then hide from everybody who may not see every counted row; what leaves the house is hidden for all."""
    counts = fact.compute(actor, scope, period)
    numbers = {**counts.cells, MISSING: counts.missing}
    total = sum(numbers.values())
    exact = counts.exact and not leaves_house
    threshold = settings.SMALL_CELL_OUTSIDE if leaves_house else settings.SMALL_CELL_INSIDE
    shown = numbers if exact else suppress(numbers, threshold)
    return Result(
        fact=fact,
        cells=tuple(Cell(key, fact.words(key), shown[key]) for key in counts.cells),
        missing=shown[MISSING],
        total=total if exact else suppress_total(total, threshold),
        is_exact=exact,
        trace=_trace(fact, scope, period),
    )


def _trace(fact: Fact, scope: Scope, period: Period) -> dict[str, Any]:
    parameters = {
        "site": scope.site_id,
        "programme": scope.programme_id,
        "from": f"{period.start}",
        "to": f"{period.end}",
    }
    return {"fact": fact.key, "version": fact.version, "parameters": parameters}
