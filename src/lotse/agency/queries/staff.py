"""Who works in an agency."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Organisation, Person
from lotse.organisations.roles import ROLES

WORKING = [role.key for role in ROLES.values() if Permission.WORK_AGENCY in role.permissions]


def specialists(agency: Organisation, kept: Person | None = None) -> dict[str, Person]:
    """By role at the agency or above it; and who is named already."""
    above = [int(pk) for pk in agency.path.strip("/").split("/")]
    held = Membership.objects.in_force(timezone.localdate()).filter(
        person=OuterRef("pk"), role__in=WORKING, organisation_id__in=above
    )
    people = Person.objects.filter(Exists(held)).order_by("last_name", "first_name", "id")
    listed = [*people, *([kept] if kept else [])]
    return {person.public_id: person for person in listed}
