"""Who is counted: persons, households and children of one programme, and its cases.

Only of files that are there: what is left of an erased one (casework/actions/remains.py) is too little to say any of this.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from lotse.casework.facts import CASES, RELATIVES, cases_beside, of_people
from lotse.casework.indicators.as_of import with_series
from lotse.casework.models import Client, CounsellingCase, CourseParticipation, HouseholdMember
from lotse.facts.registry import Period, Population, part_of
from lotse.organisations.actor import Actor
from lotse.programmes.models import Programme


def cases_of(key: str, programme: str = "", **only: Any) -> Population:
    def picks(period: Period) -> Q:
        named = Q(**{name: _dated(value, period) for name, value in only.items()})
        return alive() & named & (Q(programme_id=_offered_as(programme)) if programme else Q())

    return part_of(CASES, key, picks, joins=with_series, forgets=True)


def persons_of(key: str, programme: str) -> Population:
    """Each once, by the first of her cases in the programme that counts in the period."""
    return _of_cases(key, partial(_first_cases, programme=programme, same=("client_id",)))


def households_of(key: str, programme: str) -> Population:
    return _of_cases(key, partial(_first_cases, programme=programme, same=("client__household_id",)))


def children_of(key: str, programme: str) -> Population:
    return Population(
        key,
        partial(_children, programme=programme),
        RELATIVES.visible,
        RELATIVES.line,
        site="at",
        programme="programme",
        related=RELATIVES.related,
        arrived=RELATIVES.arrived,
        left=RELATIVES.left,
        forgets=True,
    )


def courses_of(key: str, programme: str) -> Population:
    """Courses that ended in the period, of people who were advised in the programme meanwhile."""
    return Population(
        key,
        partial(_courses, programme=programme),
        RELATIVES.visible,
        RELATIVES.line,
        site="at",
        programme="programme",
        related=RELATIVES.related,
        forgets=True,
    )


def _of_cases(key: str, countable: Any) -> Population:
    return Population(
        key,
        countable,
        CASES.visible,
        CASES.line,
        related=CASES.related,
        arrived=CASES.arrived,
        left=CASES.left,
        joins=with_series,
        forgets=True,
    )


def alive() -> Q:
    """Erased files are few and have an index; asking each file instead reads all of them."""
    return ~Q(client__in=Client._base_manager.filter(erased_month__isnull=False).order_by().values("pk"))


def living(rows: QuerySet) -> QuerySet:
    return rows.filter(alive())


def _offered_as(code: str) -> Subquery:
    """Known before the rows are read, so that the database can tell how many they will be."""
    return Subquery(Programme.objects.filter(code=code).values("pk")[:1])


def _living_cases(actor: Actor, period: Period) -> QuerySet[CounsellingCase]:
    return living(CASES.countable(actor, period))


def _dated(value: Any, period: Period) -> Any:
    return value(period) if callable(value) else value


def _first_cases(actor: Actor, period: Period, programme: str, same: Sequence[str]) -> QuerySet[CounsellingCase]:
    rows = _living_cases(actor, period).filter(programme_id=_offered_as(programme))
    is_before = Q(first_contact_on__lt=OuterRef("first_contact_on"))
    is_before |= Q(first_contact_on=OuterRef("first_contact_on"), pk__lt=OuterRef("pk"))
    others = _living_cases(actor, period).order_by().filter(is_before, programme_id=OuterRef("programme_id"))
    earlier = others.filter(**{name: OuterRef(name) for name in same})
    return rows.filter(~Exists(earlier))


def _children(actor: Actor, period: Period, programme: str) -> QuerySet[HouseholdMember]:
    day = period.key_date
    rows = of_people(
        HouseholdMember, actor, cases_beside(period, programme__code=programme, client__erased_month=None)
    ).filter(relation="child")
    at_home = Q(left_household_on=None) | Q(left_household_on__gt=day)
    return rows.filter(at_home)


def _courses(actor: Actor, period: Period, programme: str) -> QuerySet[CourseParticipation]:
    days = (period.start, period.end)
    rows = of_people(
        CourseParticipation, actor, cases_beside(period, programme__code=programme, client__erased_month=None)
    )
    return rows.filter(Q(finished_on__range=days) | Q(dropped_out_on__range=days))
