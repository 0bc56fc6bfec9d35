"""Who can be added to a format: colleagues by name, everybody else by her address alone (ADR 0037)."""

from django.utils import timezone

from lotse.organisations.actor import Actor
from lotse.organisations.models import Person


def person_behind(email: str) -> Person | None:
    """Whose account it is; nobody is told."""
    at_work = Person.objects.at_work_on(timezone.localdate()).filter(user__is_active=True)
    return at_work.filter(user__email=email.strip().lower()).first() if email else None


def address_of(person: Person) -> str:
    return person.email or (person.user.email if person.user else "")


def house(actor: Actor) -> list[Person]:
    """Everybody at work in her own house, herself among them."""
    people = Person.objects.filter(organisation_id=actor.organisation_id).at_work_on(timezone.localdate())
    return list(people.select_related("user").order_by("name_key", "id"))
