"""Who answers for quality at a carrier, now and before, and her exchange with others."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality import rules_audits
from lotse.quality.models import Framework, QmExchange, QmOfficer


def officers(actor: Actor) -> QuerySet[QmOfficer]:
    rows = QmOfficer.objects.visible_to(actor).select_related("organisation", "person", "letter")
    return rows.order_by("organisation__name", "is_deputy", "-appointed_on", "-id")


def get_officer(actor: Actor, public_id: str) -> QmOfficer:
    return found(officers(actor), public_id)


def now_and_before(actor: Actor, today: date) -> tuple[list[QmOfficer], list[QmOfficer]]:
    rows = list(officers(actor)[:300])
    current = [row for row in rows if row.until is None or row.until >= today]
    return current, [row for row in rows if row not in current]


def exchanges(actor: Actor) -> QuerySet[QmExchange]:
    return QmExchange.objects.visible_to(actor).select_related("organisation")


def get_exchange(actor: Actor, public_id: str) -> QmExchange:
    return found(exchanges(actor), public_id)


def appointed(houses: Collection[Organisation]) -> dict[int, list[QmOfficer]]:
    """By carrier; one statement."""
    rows: dict[int, list[QmOfficer]] = defaultdict(list)
    for row in QmOfficer.objects.filter(organisation__in=houses).select_related("person"):
        rows[row.organisation_id].append(row)
    return rows


def without_officer(actor: Actor, today: date) -> list[Organisation]:
    """Carriers of hers that have a catalogue and nobody appointed; what works by criteria assesses itself, or is certified."""
    works_here = Q(pk=actor.organisation_id)
    mine = Organisation.objects.filter(pk__in=Framework.objects.visible_to(actor).order_by().values("organisation"))
    houses = list(mine.filter(works_here | Q(is_carrier=True)).order_by("name", "id"))
    known = appointed(houses)
    return [house for house in houses if rules_audits.lacks_officer(known[house.pk], today)]
