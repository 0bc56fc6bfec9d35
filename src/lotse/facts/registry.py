"""Named, versioned figures. A fact is a function from (actor, scope, period) to counts; apps register theirs in `ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from lotse.organisations.actor import Actor


@dataclass(frozen=True)
class Scope:
    """What is counted: everything the actor may count, or one site, or one programme."""

    site_id: int | None = None
    programme_id: int | None = None


@dataclass(frozen=True)
class Period:
    """Both days belong to it; figures "as of" a day use the last one."""

    start: date
    end: date

    @property
    def key_date(self) -> date:
        return self.end


@dataclass(frozen=True)
class Counts:
    """Bare numbers by key, before disclosure control. `missing`: counted, but the attribute was not recorded.

    `exact`: the actor may see every counted row, so nothing needs to be hidden from her.
    """

    cells: Mapping[str, int]
    missing: int = 0
    exact: bool = False


Compute = Callable[[Actor, Scope, Period], Counts]


@dataclass(frozen=True)
class Fact:
    """`unit`: what one is ("Fälle"); `words`: the catalogue or mapping that names the cells."""

    key: str
    title: str
    unit: str
    definition: str
    source: str
    compute: Compute = field(repr=False)
    words: Callable[[str], str] = str
    version: int = 1


_FACTS: dict[str, Fact] = {}


def register(fact: Fact) -> None:
    if fact.key in _FACTS and _FACTS[fact.key] != fact:
        raise ValueError(f"fact {fact.key} is registered twice")
    _FACTS[fact.key] = fact


def fact(key: str) -> Fact:
    return _FACTS[key]


def all_facts() -> list[Fact]:
    return list(_FACTS.values())
