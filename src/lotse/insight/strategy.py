"""The strategy of the coordination round: nine goals, their figures, and for each what is wanted and how it stands."""

from dataclasses import dataclass
from datetime import date

from lotse.facts.definitions import Gap, Goal
from lotse.facts.models import FigureTarget, TargetReview
from lotse.facts.registry import Fact
from lotse.facts.rules import is_due, is_missed
from lotse.facts.targets import goals, reviews_of, targets_in_force
from lotse.insight.standing import Standing, standings
from lotse.organisations.actor import Actor


@dataclass(frozen=True)
class Line:
    """A figure; `review` is the last one of its target."""

    fact: Fact
    standing: Standing
    today: date
    target: FigureTarget | None = None
    review: TargetReview | None = None

    @property
    def is_reached(self) -> bool | None:
        """None where nobody can tell."""
        return reached(self.target, self.standing) if self.target else None

    @property
    def is_due(self) -> bool:
        return self.target is not None and is_due(self.target, self.today)

    @property
    def is_over(self) -> bool:
        """The day until which it should be reached has passed."""
        return self.target is not None and self.target.until < self.today


@dataclass(frozen=True)
class Chapter:
    goal: Goal
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]

    @property
    def has_targets(self) -> bool:
        return any(line.target for line in self.lines)


def chapters(actor: Actor, today: date) -> list[Chapter]:
    """Four statements, however many targets there are."""
    known, targets = goals(), targets_in_force(actor)
    stand = standings(actor, [fact.key for goal in known for fact in goal.facts])
    reviews = reviews_of(actor, targets.values())

    def line(fact: Fact) -> Line:
        target = targets.get(fact.key)
        last = next(iter(reviews[target.pk]), None) if target else None
        return Line(fact, stand[fact.key], today, target, last)

    return [Chapter(found.goal, tuple(line(fact) for fact in found.facts), found.gaps) for found in known]


def reached(target: FigureTarget, standing: Standing) -> bool | None:
    return None if standing.number is None else not is_missed(target, standing.number)
