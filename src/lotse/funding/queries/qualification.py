"""Who is on a funded post of her house, and what of the profile she has."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lotse.core.finding import found
from lotse.funding.models import QualificationNote
from lotse.funding.qualification_points import Point, newest
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.programmes.models import PostFunding


@dataclass(frozen=True)
class Answer:
    """`note` is None where nobody has said anything yet."""

    point: Point
    note: QualificationNote | None

    @property
    def is_gap(self) -> bool:
        return self.point.required and not (self.note and self.note.is_met)


@dataclass(frozen=True)
class Profiled:
    person: Person
    answers: tuple[Answer, ...]

    @property
    def gaps(self) -> list[Point]:
        return [answer.point for answer in self.answers if answer.is_gap]


def leads_house(actor: Actor) -> bool:
    """Who keeps the funds of the house where she works herself."""
    return Person.objects.filter(pk=actor.person_id, organisation__path__in=actor.funded_paths).exists()


def staff(actor: Actor, day: date) -> QuerySet[Person]:
    """Of her own house, on a post that a grant pays on that day."""
    paid = PostFunding.objects.valid_on(day).exclude(grant=None).values("share__person")
    own = Person.objects.filter(organisation=actor.organisation_id, organisation__path__in=actor.funded_paths)
    return own.filter(pk__in=paid).order_by("name_key", "id")


def get_person(actor: Actor, public_id: str, day: date) -> Person:
    return found(staff(actor, day), public_id)


def profiled(actor: Actor, people: list[Person]) -> list[Profiled]:
    notes: Mapping[int, dict[str, QualificationNote]] = defaultdict(dict)
    for note in QualificationNote.objects.visible_to(actor).filter(person__in=people):
        notes[note.person_id][note.key] = note
    points = newest().points
    return [Profiled(one, tuple(Answer(point, notes[one.pk].get(point.key)) for point in points)) for one in people]
