"""What of audits must be in other hands before somebody leaves."""

from lotse.organisations.models import Person
from lotse.organisations.ties import Hanging
from lotse.quality.models import Audit, PreparationItem
from lotse.quality.models.audits import BEFORE


def audits_of(person: Person) -> Hanging:
    rows = Audit.objects.filter(auditor=person, state__in=BEFORE)
    return Hanging("Audit, das noch ansteht", "Audits, die noch anstehen", (rows,))


def preparation_of(person: Person) -> Hanging:
    rows = PreparationItem.objects.filter(owner=person, done_on=None, audit__state__in=BEFORE)
    return Hanging("offener Punkt einer Vorbereitung", "offene Punkte von Vorbereitungen", (rows,))
