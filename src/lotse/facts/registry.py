"""Named, versioned figures. A figure says which rows it counts and into which cell each falls; apps register in `ready()`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission


@dataclass(frozen=True)
class Period:
    """Both days belong to it; figures "as of" a day use the last one. `settings`: what the house has set for them."""

    start: date
    end: date
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def key_date(self) -> date:
        return self.end

    @property
    def day_after(self) -> date:
        return self.end + timedelta(days=1)


@dataclass(frozen=True)
class Question:
    """What one person asks: a period, and of it one site, one programme, or all.

    `own`: only rows she may also read. Otherwise everything she may count, and small cells are hidden (ADR 0010).
    `with_stock`: also rows that other periods count too.
    """

    actor: Actor
    period: Period
    own: bool = False
    with_stock: bool = True
    site_id: int | None = None
    programme_id: int | None = None


@dataclass(frozen=True)
class Places:
    """Everything the actor may choose from, whether or not anything happened there. `sites`: public id and name by id."""

    sites: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    programmes: Collection[int] = ()


@dataclass(frozen=True)
class Line:
    """One counted row as it is listed when a cell is opened; `url` empty: nothing opens behind it."""

    what: str
    on: date
    place: str
    url: str = ""


@dataclass(frozen=True)
class Measure:
    """What the rows of a population add up to beside their number: hours from whole minutes of a row, euro from whole cents.

    `parts`: whole numbers, NULL for none; `of` them make one. `is_money`: written with two places, and what a figure has as
    its share is one of the sums, not of the rows.
    """

    unit: str
    parts: Any
    of: int = 60
    is_money: bool = False

    @property
    def places(self) -> str:
        """How a page writes it."""
        return "2g" if self.is_money else "-2"


@dataclass(frozen=True)
class Population:
    """Rows that several figures count in one pass; `site` and `programme` are paths to their ids.

    `countable` yields the rows whose number the actor may learn; `visible` is the condition that she may also read a row.
    `arrived` and `left`: rows that the period before, or the one after, does not count; only where periods share rows.
    `holds_files`: a row leads to a client file, so that opening a list of them is logged. `own_needs`: without
    this permission nobody has rows of her own here, so no zeros are shown for them; `needs`: without one of these the figure is not
    offered at all. `measure`: shown where the number is.
    `weight`: a column that says how many one row stands for. `closed`: why nobody reads the rows; then they are counted
    for nobody as her own. `least`: the smallest number that shows, where it is more than elsewhere.
    `joins`: adds what cells read beside the row itself; it is told whether the rows are few.
    `forgets`: what was erased is not counted any more. `of_house`: rows about nobody, at no place, so nothing is hidden.
    `among` and `picks`: its rows are those of another population for which a condition holds (see `part_of`).
    """

    key: str
    countable: Callable[[Actor, Period], QuerySet]
    visible: Callable[[Actor], Q]
    line: Callable[[Any], Line]
    site: str = "site_id"
    programme: str = "programme_id"
    related: Sequence[str] = ()
    arrived: Callable[[Period], Q] | None = None
    left: Callable[[Period], Q] | None = None
    holds_files: bool = True
    own_needs: Permission | None = None
    needs: Collection[Permission] = ()
    measure: Measure | None = None
    weight: str = ""
    closed: str = ""
    least: int = 0
    joins: Callable[[QuerySet, Period, bool], QuerySet] | None = None
    forgets: bool = False
    of_house: bool = False
    among: "Population | None" = None
    picks: Callable[[Period], Q] | None = None

    def is_for(self, actor: Actor) -> bool:
        """Whether the figure is offered to her at all."""
        return not self.needs or any(actor.may(one) for one in self.needs)

    @property
    def root(self) -> "Population":
        """What is read so that this can be counted; populations of one root are read in one pass."""
        return self.among.root if self.among else self

    def picked(self, period: Period) -> Q:
        """Which rows of the root; an empty condition for all."""
        return self.among.picked(period) & self.picks(period) if self.among and self.picks else Q()

    @property
    def is_stock(self) -> bool:
        """Whether a row is counted in several periods, so that two of them can be subtracted."""
        return self.arrived is not None


def part_of(population: Population, key: str, picks: Callable[[Period], Q], **more: Any) -> Population:
    """Rows of a population that a condition picks; counted with it, in one pass (ADR 0038)."""

    def countable(actor: Actor, period: Period) -> QuerySet:
        return population.countable(actor, period).filter(picks(period))

    return replace(population, key=key, countable=countable, among=population, picks=picks, **more)


@dataclass(frozen=True)
class Fact:
    """`cell`: an expression that names the cell of a row, "" or NULL where it was not recorded.

    `unit`: what one is ("Fälle"). `keys`: cells that are always shown, in this order. `same_missing`: figures that share
    this word have the same rows without record, so that what hides the number in one hides it in the other.
    `by_site`: its cells are the sites, by their public ids. `programme`: it is asked only where that programme is offered.
    `share`: the cells that make the numerator; the denominator are those of `share_of`, or all that was recorded.
    `sheet`: the page it stands on.
    `denominator` and `counted_when` say in words who is counted and by which day; `impact_level` is a step of the stairs
    from 1 (activities happen) to 7 (society changes), 0 for none. `settings`: keys of values that a house may set.
    """

    key: str
    title: str
    unit: str
    definition: str
    source: str
    population: Population
    cell: Callable[[Period], Any] = field(repr=False)
    keys: tuple[str, ...] = ()
    words: Callable[[str], str] = str
    same_missing: str = ""
    by_site: bool = False
    programme: str = ""
    version: int | str = 1
    sheet: str = "work"
    share: tuple[str, ...] = ()
    share_of: tuple[str, ...] = ()
    denominator: str = ""
    counted_when: str = ""
    impact_level: int = 0
    settings: tuple[str, ...] = ()
    number: str = ""
    is_proposal: bool = False

    @property
    def meaning(self) -> str:
        """The definition, and what erasing does to the number."""
        return f"{self.definition} {FORGOTTEN}" if self.population.forgets else self.definition

    @property
    def bundle(self) -> str:
        return self.same_missing or self.key


FORGOTTEN = "Gelöschte Akten zählen hier nicht mehr; frühere Jahre stehen in den freigegebenen Tabellen."
# What stands on one page, in this order.
SHEETS = {
    "work": "Fälle und Kontakte",
    "situation": "Lebenslage",
    "integration": "Wirkung: Integrationsmanagement",
    "counselling": "Wirkung: Migrationsberatung",
    "network": "Netzwerk und Öffnung",
    "meetings": "Netzwerk: Treffen",
    "measures": "Integrationsagentur: Maßnahmen",
    "deadlines": "Integrationsagenturen: Fristen",
    "funding": "Fördermittel",
    "team": "Team und Dienstplan",
    "quality": "Zügig und vollständig",
    "improvement": "Verbesserung und Beschwerden",
}
_FACTS: dict[str, Fact] = {}


def register(fact: Fact) -> None:
    if fact.key in _FACTS and _FACTS[fact.key] != fact:
        raise ValueError(f"fact {fact.key} is registered twice")
    _FACTS[fact.key] = fact


def fact(key: str) -> Fact:
    return _FACTS[key]


def all_facts() -> list[Fact]:
    return list(_FACTS.values())


def bundle_of(fact: Fact) -> list[Fact]:
    """The figures that must be protected together with this one."""
    return [other for other in _FACTS.values() if other.bundle == fact.bundle]
