"""Counts the closed list of tables for one carrier and one fixed period, as plain data that can be kept for ever."""

from collections.abc import Iterable, Sequence
from typing import Any

from lotse.facts.counting import MISSING, Tally, tally
from lotse.facts.registry import Fact, Question
from lotse.facts.results import NOT_RECORDED
from lotse.insight.periods import FixedPeriod
from lotse.insight.table_list import OF_THE_WORK, VERSION, listed
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Site

SCHEMA = 1
KINDS = ("total", "new", "last")
Data = dict[str, Any]


def counted(actor: Actor, organisation: Organisation, site: Site | None, period: FixedPeriod) -> Data:
    """All sites are counted also where one is asked for: protecting one number needs the numbers beside it."""
    sites = sites_of(organisation)
    facts = listed(period.kind)
    tallies = tally(facts, Question(_who_counts(actor, organisation), period.days))
    return {
        "schema": SCHEMA,
        "list": VERSION,
        "organisation": {"key": organisation.public_id, "name": organisation.name},
        "site": {"key": site.public_id, "name": site.name} if site else None,
        "period": {"kind": period.kind.value, "start": f"{period.start}", "end": f"{period.end}"},
        "sites": [{"key": row.public_id, "name": row.name} for row in sites],
        "tables": [_table(fact, tallies[fact.key], sites) for fact in facts],
    }


def _who_counts(actor: Actor, organisation: Organisation) -> Actor:
    """Whoever leads counts the whole carrier here, and reads no file by it."""
    only = frozenset({Permission.COUNT_CLIENTS})
    paths = frozenset({organisation.path})
    return Actor(actor.person_id, actor.ref, actor.label, organisation.pk, permissions=only, counted_paths=paths)


def sites_of(organisation: Organisation) -> list[Site]:
    """Its own and those of units below it that are no carriers themselves: carriers release their own tables."""
    below = Organisation.objects.filter(path__startswith=organisation.path).order_by("path")
    others = [unit.path for unit in below if unit.is_carrier and unit.pk != organisation.pk]
    units = [unit.pk for unit in below if not unit.path.startswith(tuple(others))]
    return list(Site.objects.filter(organisation_id__in=units))


def column(fact: Fact, cell: str) -> str:
    """Figures of one bundle share the rows without record, so they share this name."""
    return f"{fact.bundle if cell == MISSING else fact.key}:{cell}"


def _table(fact: Fact, found: Tally, sites: Sequence[Site]) -> Data:
    kinds = KINDS if fact.population.is_stock else KINDS[:1]
    return {
        "fact": fact.key,
        "version": fact.version,
        "bundle": fact.bundle,
        "population": fact.population.key,
        "title": fact.title,
        "unit": fact.unit,
        "definition": fact.definition,
        "source": fact.source,
        "least": fact.population.least,
        "telling": fact.key not in OF_THE_WORK,
        "columns": [{"key": column(fact, cell), "label": _label(fact, cell)} for cell in _cells(fact, found)],
        "counts": {kind: _counts(fact, found, kind, sites) for kind in kinds},
    }


def _cells(fact: Fact, found: Tally) -> list[str]:
    others = set(found.cells) - {*fact.keys, MISSING}
    return [*fact.keys, *sorted(others, key=fact.words), MISSING]


def _label(fact: Fact, cell: str) -> str:
    return NOT_RECORDED if cell == MISSING else fact.words(cell)


def _counts(fact: Fact, found: Tally, kind: str, sites: Iterable[Site]) -> dict[str, dict[str, int]]:
    """Column → site → number; a zero is not written."""
    numbers = {
        column(fact, cell): {s.public_id: n for s in sites if (n := found.count(cell, ("site", s.pk), kind))}
        for cell in found.cells
    }
    return {key: line for key, line in numbers.items() if line}
