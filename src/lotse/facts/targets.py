"""Goals of the Integrationsmanagement, the figures under them, and what a house has decided to reach (model.md §10.1)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from lotse.core.finding import found
from lotse.facts.definitions import Gap, Goal, definitions
from lotse.facts.models import FigureTarget, TargetReview
from lotse.facts.registry import Fact, all_facts
from lotse.facts.rules import reads_targets
from lotse.organisations.actor import Actor
from lotse.organisations.models import Membership, Person
from lotse.organisations.roles import COUNTING_ROLES
from lotse.organisations.ties import Hanging

SET = "integration"
T = TypeVar("T", Fact, Gap)


@dataclass(frozen=True)
class GoalFigures:
    """A goal with what is counted for it, and what nobody counts yet."""

    goal: Goal
    facts: tuple[Fact, ...]
    gaps: tuple[Gap, ...]


def goals() -> list[GoalFigures]:
    """In the order of the source."""
    known = definitions(SET)
    facts = sorted((fact for fact in all_facts() if fact.sheet == SET), key=lambda fact: _number(fact.number))
    return [
        GoalFigures(goal, tuple(_of(facts, goal.numbers)), tuple(_of(known.gaps, goal.numbers))) for goal in known.goals
    ]


def _of(things: Iterable[T], numbers: Collection[int]) -> list[T]:
    return [thing for thing in things if _number(thing.number) in numbers]


def _number(text: str) -> int:
    """ "16 U3" → 16; 0 for what the source does not number."""
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else 0


def aimed_at() -> dict[str, Fact]:
    """Every figure that may have a target, by its key."""
    return {fact.key: fact for goal in goals() for fact in goal.facts}


def targets_in_force(actor: Actor) -> dict[str, FigureTarget]:
    """Of the own house, by figure."""
    rows = _own(actor).filter(ended_on=None).select_related("responsible")
    return {row.figure: row for row in rows}


def _own(actor: Actor) -> QuerySet[FigureTarget]:
    rows = FigureTarget.objects.visible_to(actor) if reads_targets(actor) else FigureTarget.objects.none()
    return rows.filter(organisation_id=actor.organisation_id)


def get_target(actor: Actor, public_id: str) -> FigureTarget:
    return found(_own(actor).select_related("organisation", "responsible"), public_id)


def ended_targets(actor: Actor, figure: str) -> list[FigureTarget]:
    return list(_own(actor).filter(figure=figure, ended_on__isnull=False))


def reviews_of(actor: Actor, targets: Collection[FigureTarget]) -> dict[int, list[TargetReview]]:
    """Newest first, by target."""
    rows = TargetReview.objects.visible_to(actor).filter(target__in=targets)
    by_target: dict[int, list[TargetReview]] = {target.pk: [] for target in targets}
    for row in rows:
        by_target[row.target_id].append(row)
    return by_target


def waiting(person_id: int, organisation_id: int, by: date) -> QuerySet[FigureTarget]:
    """Hers to be talked about by this day."""
    rows = FigureTarget.objects.filter(responsible_id=person_id, organisation_id=organisation_id)
    return rows.filter(ended_on=None, review_on__lte=by)


def my_targets(actor: Actor, by: date) -> list[tuple[FigureTarget, str]]:
    """With the title of the figure."""
    if not reads_targets(actor):
        return []
    rows = waiting(actor.person_id, actor.organisation_id, by).order_by("review_on", "id")
    return [(row, title_of(row.figure)) for row in rows]


def title_of(figure: str) -> str:
    """A figure that is no longer counted has only its key left."""
    fact = aimed_at().get(figure)
    return fact.title if fact else figure


def open_targets(person: Person) -> Hanging:
    rows = FigureTarget.objects.filter(responsible=person, ended_on=None)
    return Hanging("Ziel der Strategie", "Ziele der Strategie", (rows,))


def possible_people(actor: Actor, kept: Person | None = None) -> dict[str, Person]:
    """Who can be responsible: who works here and may see the figures, and who is it already."""
    today = timezone.localdate()
    counting = Membership.objects.in_force(today).filter(role__in=COUNTING_ROLES)
    house = Person.objects.filter(organisation_id=actor.organisation_id, pk__in=counting.values("person_id"))
    return {row.public_id: row for row in [*house.at_work_on(today), *([kept] if kept else [])]}
