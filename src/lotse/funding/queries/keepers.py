"""Who keeps the funds of a house, to be told by mail."""

from datetime import date

from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Organisation, Person
from lotse.organisations.roles import ROLES

KEEPING = [role.key for role in ROLES.values() if Permission.KEEP_FUNDS in role.permissions]


def keepers(house: Organisation, day: date) -> list[Person]:
    held = Membership.objects.in_force(day).filter(role__in=KEEPING, organisation=house)
    people = Person.objects.filter(pk__in=held.values("person_id")).at_work_on(day)
    return list(people.select_related("user").order_by("pk"))
