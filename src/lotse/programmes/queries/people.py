"""Whom a deadline concerns: who hands in, and who checks."""

from datetime import date

from django.db.models import Q

from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Organisation, Person
from lotse.organisations.roles import ROLES


def _roles(permission: Permission) -> list[str]:
    return [role.key for role in ROLES.values() if permission in role.permissions]


WORKING, RELEASING = _roles(Permission.WORK_AGENCY), _roles(Permission.RELEASE_AGENCIES)
# Who answers for what a house owes itself.
LEADING = ("carrier_manager", "district_management", "admin_clerk")


def handing_in(bearer: Organisation, day: date) -> list[Person]:
    """Who works in the agency; of a house that owes something itself, who leads it and its office. Else the coordination."""
    of_house = Q(role__in=LEADING, organisation=bearer)
    of_agency = Q(role__in=WORKING, organisation__in=_above(bearer))
    return _holding(of_house if bearer.is_carrier else of_agency, day) or coordinating(bearer, day)


def coordinating(bearer: Organisation, day: date) -> list[Person]:
    return _holding(Q(role__in=RELEASING, organisation__in=_above(bearer)), day)


def _above(bearer: Organisation) -> list[int]:
    """Itself and everything it stands in."""
    return [int(pk) for pk in bearer.path.strip("/").split("/")]


def _holding(held: Q, day: date) -> list[Person]:
    roles = Membership.objects.in_force(day).filter(held)
    people = Person.objects.filter(pk__in=roles.values("person_id")).at_work_on(day)
    return list(people.select_related("user").order_by("pk"))
