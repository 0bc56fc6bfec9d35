"""Who stands in for whom, and who has nobody; the emergency list."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from lotse.core.away import away_between
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Membership, Person
from lotse.organisations.roles import COUNSELLING_ROLES
from lotse.quality.enums import CoverScope
from lotse.quality.models import EmergencyContact, StandIn

DAY = timedelta(days=1)
Span = tuple[date, date]


@dataclass(frozen=True)
class Covered:
    """A counsellor in a period. `open`: when nobody stands in for her; `lost`: deputies who are away on the first day."""

    person: Person
    rows: Sequence[StandIn]
    open: Sequence[Span]
    lost: Sequence[str] = ()

    @property
    def is_whole(self) -> bool:
        return not self.open and not self.lost


def counsellors(day: date) -> QuerySet[Person]:
    """At work that day, with a role that counsels."""
    roles = Membership.objects.in_force(day).filter(person_id=OuterRef("pk"), role__in=COUNSELLING_ROLES)
    return Person.objects.at_work_on(day).filter(Exists(roles))


def open_spans(covered: Iterable[Span], first: date, last: date) -> list[Span]:
    """The days between `first` and `last` on which none of these holds."""
    spans, at = [], first
    for begin, end in sorted(covered):
        if begin > at:
            spans.append((at, min(begin - DAY, last)))
        at = max(at, end + DAY)
        if at > last:
            break
    return [*spans, (at, last)] if at <= last else spans


def plan(actor: Actor, first: date, last: date) -> list[Covered]:
    """Every active counsellor of the house, who is not covered first."""
    house = actor.organisation_id
    rows = StandIn.objects.visible_to(actor).filter(organisation_id=house, valid_from__lte=last)
    of_person: dict[int, list[StandIn]] = defaultdict(list)
    for row in rows.select_related("person", "deputy"):
        if row.valid_to is None or row.valid_to >= first:
            of_person[row.person_id].append(row)
    away = {row.person_id for row in away_between(house, first, first)}
    known = counsellors(first).filter(organisation_id=house)
    lines = [_covered(person, of_person[person.pk], first, last, away) for person in known]
    return sorted(lines, key=lambda line: (line.is_whole, line.person.name_key))


def _covered(person: Person, rows: Sequence[StandIn], first: date, last: date, away: set[int]) -> Covered:
    """Only who stands in for everything closes a gap."""
    whole = [row for row in rows if row.scope == CoverScope.ALL]
    spans = open_spans(
        ((row.valid_from, min(row.valid_to or last, row.deputy.left_on or last)) for row in whole), first, last
    )
    lost = [str(row.deputy) for row in whole if row.is_valid_on(first) and row.deputy_id in away]
    return Covered(person, rows, spans, lost)


def others(actor: Actor, shown: Iterable[Covered], first: date, last: date) -> list[StandIn]:
    """Lines of the plan for who does not counsel."""
    named = {line.person.pk for line in shown}
    rows = StandIn.objects.visible_to(actor).filter(organisation_id=actor.organisation_id, valid_from__lte=last)
    return [
        row
        for row in rows.select_related("person", "deputy")
        if row.person_id not in named and (row.valid_to is None or row.valid_to >= first)
    ]


def get_stand_in(actor: Actor, public_id: str) -> StandIn:
    return found(StandIn.objects.visible_to(actor).select_related("organisation", "person", "deputy"), public_id)


def contacts(actor: Actor) -> list[EmergencyContact]:
    return list(EmergencyContact.objects.visible_to(actor).filter(organisation_id=actor.organisation_id))


def get_contact(actor: Actor, public_id: str) -> EmergencyContact:
    return found(EmergencyContact.objects.visible_to(actor).select_related("organisation"), public_id)
