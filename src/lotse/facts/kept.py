"""Figures of a whole house as numbers that may be kept and shown to everybody who works there (ADR 0047).

What counts nobody's files is exact. What counts them is coarse: shares in steps of five per cent over ten rows or more,
numbers in steps of five, rounded down. Who keeps them reads a period once, when it is over, so that nothing can be subtracted (ADR 0010).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from lotse.facts.counting import ALL, MISSING, Tally, tally
from lotse.facts.registry import Fact, Period, Question
from lotse.facts.results import Share
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation

STEP, FEWEST = 5, 10


@dataclass(frozen=True)
class HouseActor(Actor):
    """The house itself: it counts all its units, but no carrier below, and reads no row."""

    unit_ids: frozenset[int] = frozenset()

    @cached_property
    def counted_organisation_ids(self) -> frozenset[int]:
        return self.unit_ids


def house_actor(house: Organisation) -> HouseActor:
    below = list(Organisation.objects.filter(path__startswith=house.path).order_by("path"))
    others = tuple(unit.path for unit in below if unit.is_carrier and unit.pk != house.pk)
    units = frozenset(unit.pk for unit in below if not (others and unit.path.startswith(others)))
    only, paths = frozenset({Permission.COUNT_CLIENTS}), frozenset({house.path})
    return HouseActor(0, "", "", house.pk, permissions=only, counted_paths=paths, unit_ids=units)


@dataclass(frozen=True)
class Wanted:
    """A figure: its share where no cell is named; else how many fall into one cell, or in all ("*")."""

    fact: Fact
    cell: str = ""

    @property
    def is_share(self) -> bool:
        return not self.cell

    @property
    def unit(self) -> str:
        return "%" if self.is_share else self.fact.unit


def numbers(wanted: Mapping[str, Wanted], house: Actor, period: Period) -> dict[str, int | None]:
    """By the keys of what is wanted, in one statement. None: nothing to say, or too few to say it."""
    facts = list({one.fact.key: one.fact for one in wanted.values()}.values())
    tallies = tally(facts, Question(house, period)) if facts else {}
    return {key: _number(one, tallies[one.fact.key]) for key, one in wanted.items()}


def _number(wanted: Wanted, found: Tally) -> int | None:
    is_exact = wanted.fact.population.of_house
    if wanted.is_share:
        share = _share(wanted.fact, found)
        return share.percent if is_exact else _coarse_percent(share)
    cells = found.cells if wanted.cell == "*" else [wanted.cell]
    count = _sum(found, cells)
    if is_exact:
        return count
    return count // STEP * STEP or None


def _share(fact: Fact, found: Tally) -> Share:
    of = fact.share_of or [cell for cell in found.cells if cell != MISSING]
    return Share(_sum(found, fact.share), _sum(found, of))


def _coarse_percent(share: Share) -> int | None:
    if share.denominator < FEWEST:
        return None
    return int(100 * share.numerator // (STEP * share.denominator)) * STEP


def _sum(found: Tally, cells: Iterable[str]) -> int:
    return sum(found.count(cell, ALL) for cell in cells)
