"""The figures of an agency in one year (facts.py), for its pages and papers: counted in one place, and opened to the same rows."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from lotse.agency.models import AgencyDocument, Measure
from lotse.facts.counting import TOTAL, rows_of_cell
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import Result, evaluate
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

HELD = "by_kind"  # its total are all measures that took place


def of_agency(actor: Actor, agency: Organisation, year: int, keys: Sequence[str]) -> dict[str, Result]:
    """By their short keys."""
    results = evaluate([fact(f"measures.{key}") for key in keys], _question(actor, agency, year))
    return {result.fact.key.removeprefix("measures."): result for result in results}


def counted_for(document: AgencyDocument, keys: Sequence[str], year: int | None = None) -> dict[str, Result]:
    """For a reader who has found the document: of its agency, in its year."""
    return of_agency(_reader(document), document.agency, year or document.funding_year, keys)


def measures_held(document: AgencyDocument) -> QuerySet[Measure]:
    """The rows behind the figures, in the order of the days."""
    question = _question(_reader(document), document.agency, document.funding_year)
    return rows_of_cell(fact(f"measures.{HELD}"), TOTAL, question).select_related("task").order_by("on", "id")


def _question(actor: Actor, agency: Organisation, year: int) -> Question:
    return Question(_at(actor, agency), Period(date(year, 1, 1), date(year, 12, 31)))


def _reader(document: AgencyDocument) -> Actor:
    """Whoever reads a document sees what its agency did, and nothing else."""
    path = frozenset({document.agency.path})
    return Actor(0, "", document.agency.name, document.organisation_id, agency_paths=path)


def _at(actor: Actor, agency: Organisation) -> Actor:
    """The same actor, who for this question sees nothing but this agency, and that only where she does anyway."""

    def here(paths: frozenset[str]) -> frozenset[str]:
        return frozenset({agency.path}) if agency.path.startswith(tuple(paths)) else frozenset()

    return actor.but(agency_paths=here(actor.agency_paths), overseen_paths=here(actor.overseen_paths))
