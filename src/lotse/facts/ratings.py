"""Indicators that are rated once a year, and what was said (model.md §10.4)."""

from collections.abc import Mapping
from dataclasses import dataclass

from lotse.facts.definitions import Definition, definitions
from lotse.facts.models import YearlyRating
from lotse.organisations.actor import Actor

STEPS = {1: "noch gar nicht", 2: "in Ansätzen", 3: "weitgehend", 4: "voll und ganz"}
UNIT = "Stufe"


@dataclass(frozen=True)
class Rated:
    indicator: Definition
    rating: YearlyRating | None
    before: YearlyRating | None

    @property
    def words(self) -> str:
        return STEPS[self.rating.rating] if self.rating else ""


def rated_indicators() -> Mapping[str, Definition]:
    return {key: found for key, found in definitions("network").figures.items() if found.unit == UNIT}


def ratings_of(actor: Actor, year: int) -> list[Rated]:
    """Of the own organisation, with the year before beside it."""
    rows = YearlyRating.objects.visible_to(actor).filter(organisation_id=actor.organisation_id)
    known = {(row.indicator, row.year): row for row in rows.filter(year__in=(year, year - 1))}
    indicators = rated_indicators().items()
    return [Rated(found, known.get((key, year)), known.get((key, year - 1))) for key, found in indicators]
