"""How a figure of the house stands: the last whole year, protected like everything that leaves the house, for it is printed
and taken to the coordination round. Who reads no files is told what released tables show (ST-03)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from lotse.casework.rules import reads_files
from lotse.facts.counting import MISSING, TOTAL
from lotse.facts.models import PERCENT
from lotse.facts.registry import Fact, Period, Question, all_facts, bundle_of
from lotse.facts.results import Result, Share, evaluate
from lotse.insight.enums import PeriodKind
from lotse.insight.exports import DOT
from lotse.insight.models import Snapshot
from lotse.insight.released import WHOLE, ShownTable, shown_tables
from lotse.insight.rules import audience_of
from lotse.organisations.actor import Actor


@dataclass(frozen=True)
class Standing:
    """`number` None: hidden, or nothing was recorded."""

    text: str
    number: int | None = None


GONE = Standing("wird nicht mehr gezählt")
NOT_YET = Standing("noch nicht erhoben")
NOT_RELEASED = Standing("noch nicht freigegeben")
HIDDEN = Standing(DOT)


def standing(actor: Actor, figure_key: str) -> Standing:
    return standings(actor, [figure_key])[figure_key]


def standings(actor: Actor, figure_keys: Collection[str]) -> dict[str, Standing]:
    """In one statement, however many there are. Figures about nobody hide nothing, so whoever asks has them counted."""
    facts = [fact for fact in all_facts() if fact.key in figure_keys]
    if reads_files(actor):
        found = _counted(actor, facts)
    else:
        of_house = [fact for fact in facts if fact.population.of_house]
        of_files = [fact for fact in facts if fact not in of_house]
        found = {**_released(actor, of_files), **(_counted(actor, of_house) if of_house else {})}
    return {key: found.get(key, GONE) for key in figure_keys}


def last_year() -> int:
    return timezone.localdate().year - 1


def _counted(actor: Actor, facts: Iterable[Fact]) -> dict[str, Standing]:
    together = {other.key: other for fact in facts for other in bundle_of(fact)}
    period = Period(date(last_year(), 1, 1), date(last_year(), 12, 31))
    results = evaluate(list(together.values()), Question(actor, period), leaves_house=True)
    return {result.fact.key: _standing(result) for result in results}


def _standing(result: Result) -> Standing:
    """A share where the figure has one, else how many."""
    if not result.fact.share:
        return _shown(result.total.count, result.fact.unit)
    return _percent(result.share)


def _percent(share: Share | None) -> Standing:
    if share is not None and share.percent is None:
        return NOT_YET
    return _shown(share.percent if share else None, PERCENT)


def _shown(number: int | None, unit: str) -> Standing:
    return HIDDEN if number is None else Standing(f"{number}\N{NO-BREAK SPACE}{unit}", number)


def _released(actor: Actor, facts: Iterable[Fact]) -> dict[str, Standing]:
    """Of all carriers that have released their year. What a dot hides in one of them is hidden in the sum."""
    tables: dict[str, list[ShownTable]] = {}
    for snapshot in _newest_of_each_carrier(actor):
        for table in shown_tables(snapshot, audience_of(actor, snapshot)):
            tables.setdefault(table.key, []).append(table)
    return {fact.key: _of_tables(fact, tables.get(fact.key, [])) for fact in facts}


def _newest_of_each_carrier(actor: Actor) -> Collection[Snapshot]:
    rows = Snapshot.objects.visible_to(actor).released().filter(site=None, kind=PeriodKind.YEAR)
    start = date(last_year(), 1, 1)
    return {row.organisation_id: row for row in rows.filter(start=start).order_by("edition")}.values()


def _of_tables(fact: Fact, tables: Sequence[ShownTable]) -> Standing:
    if not tables:
        return NOT_RELEASED
    sums = _sums(tables)
    if not fact.share:
        return _shown(sums[TOTAL], fact.unit)
    of = fact.share_of or [key for key in sums if key not in (MISSING, TOTAL)]
    if None in (sums[TOTAL], sums.get(MISSING, 0), *(sums.get(key, 0) for key in of)):
        return HIDDEN
    return _percent(Share(sum(sums.get(key, 0) or 0 for key in fact.share), sum(sums.get(key, 0) or 0 for key in of)))


def _sums(tables: Iterable[ShownTable]) -> dict[str, int | None]:
    """By cell; None where one of the tables hides it."""
    sums: dict[str, int | None] = {TOTAL: 0}
    for table in tables:
        if table.total is None:
            return {TOTAL: None}
        for line in (*table.lines, table.total):
            before, number = sums.get(line.key, 0), line.numbers[WHOLE]
            sums[line.key] = None if before is None or number is None else before + number
    return sums
