"""What must be in other hands before somebody leaves: documents she owns, devices she answers for."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from lotse.organisations.models import Person
from lotse.organisations.ties import Hanging
from lotse.quality.enums import VersionState
from lotse.quality.models import Equipment, GovernedDocument, GovernedVersion


def documents_of(person: Person) -> Hanging:
    """Not those of which nothing holds and nothing is on its way."""
    going_on = Q(ended_on=None) | Q(ended_on__gt=timezone.localdate())
    alive = GovernedVersion.objects.filter(going_on, document=OuterRef("pk")).exclude(state=VersionState.WITHDRAWN)
    rows = GovernedDocument.objects.filter(Exists(alive), owner=person)
    return Hanging("Dokument in eigener Verantwortung", "Dokumente in eigener Verantwortung", (rows,))


def devices_of(person: Person) -> Hanging:
    rows = Equipment.objects.filter(responsible=person, discarded_on=None)
    return Hanging("Gerät oder Material", "Geräte und Material", (rows,))
