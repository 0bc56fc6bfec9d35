"""How a figure of the house stands: the last whole year, protected like everything that leaves the house, for it is printed
and taken to the coordination round."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from lotse.casework.rules import reads_files
from lotse.facts.models import PERCENT
from lotse.facts.registry import Period, Question, all_facts, bundle_of
from lotse.facts.results import Result, evaluate
from lotse.insight.exports import DOT
from lotse.organisations.actor import Actor


@dataclass(frozen=True)
class Standing:
    """`number` None: hidden, or nothing was recorded."""

    text: str
    number: int | None = None


GONE = Standing("wird nicht mehr gezählt")
NOT_YET = Standing("noch nicht erhoben")
HIDDEN = Standing(DOT)
RELEASED = Standing("siehe freigegebene Tabellen")


def standing(actor: Actor, figure_key: str) -> Standing:
    return standings(actor, [figure_key])[figure_key]


def standings(actor: Actor, figure_keys: Collection[str]) -> dict[str, Standing]:
    """In one statement, however many there are."""
    if not reads_files(actor):
        return dict.fromkeys(figure_keys, RELEASED)
    facts = {other.key: other for fact in all_facts() if fact.key in figure_keys for other in bundle_of(fact)}
    period = Period(date(last_year(), 1, 1), date(last_year(), 12, 31))
    results = evaluate(list(facts.values()), Question(actor, period), leaves_house=True)
    found = {result.fact.key: _standing(result) for result in results}
    return {key: found.get(key, GONE) for key in figure_keys}


def last_year() -> int:
    return timezone.localdate().year - 1


def _standing(result: Result) -> Standing:
    """A share where the figure has one, else how many."""
    if not result.fact.share:
        return _shown(result.total.count, result.fact.unit)
    if result.share is not None and result.share.percent is None:
        return NOT_YET
    return _shown(result.share.percent if result.share else None, PERCENT)


def _shown(number: int | None, unit: str) -> Standing:
    return HIDDEN if number is None else Standing(f"{number}\N{NO-BREAK SPACE}{unit}", number)
