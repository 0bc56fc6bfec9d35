"""Who of the house keeps the contact to how many partners, and which have nobody, because somebody has left."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.partners import rules
from lotse.partners.models import Partner

NOBODY = "niemand"


@dataclass(frozen=True)
class Keeper:
    """`person` None: the partners that nobody was ever named for."""

    person: Person | None
    partners: int

    @property
    def ref(self) -> str:
        return self.person.public_id if self.person else NOBODY


def keepers(actor: Actor) -> list[Keeper]:
    """Two statements, however many. Nobody first, then by name."""
    rows = Partner.objects.visible_to(actor).filter(ended_on=None).order_by()
    counts = dict(rows.values_list("keeper").annotate(number=Count("pk")))
    people = Person.objects.filter(pk__in=[pk for pk in counts if pk]).order_by("last_name", "first_name", "id")
    named = [Keeper(person, counts[person.pk]) for person in people]
    return [Keeper(None, counts[None]), *named] if None in counts else named


def kept_by(actor: Actor, person: Person | None) -> QuerySet[Partner]:
    rows = Partner.objects.visible_to(actor).filter(keeper=person, ended_on=None)
    return rows.order_by("name_key", "id")


def former_keepers(organisation_id: int, today: date) -> QuerySet[Person]:
    """No longer at work, and still named. Asked from the few who have left, not from all partners: Heute asks it every time."""
    kept = Partner.objects.filter(keeper=OuterRef("pk"), ended_on=None)
    return Person.objects.filter(Exists(kept), organisation_id=organisation_id, left_on__lt=today)


def my_orphaned(actor: Actor, today: date) -> list[Keeper]:
    """For who may hand them over."""
    if not rules.keeps(actor, actor.organisation_id):
        return []
    gone = set(former_keepers(actor.organisation_id, today).values_list("pk", flat=True))
    return [one for one in keepers(actor) if one.person and one.person.pk in gone] if gone else []
