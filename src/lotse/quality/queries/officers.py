"""Who answers for quality at a carrier, now and before, and her exchange with others."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Organisation
from lotse.organisations.roles import ROLES
from lotse.quality import rules_audits
from lotse.quality.models import Framework, QmExchange, QmOfficer
from lotse.quality.models.officers import offices_of
from lotse.quality.queries.frameworks import houses


def officers(actor: Actor) -> QuerySet[QmOfficer]:
    rows = QmOfficer.objects.visible_to(actor).select_related("organisation", "person", "letter")
    return rows.order_by("organisation__name", "is_deputy", "-appointed_on", "-id")


def get_officer(actor: Actor, public_id: str) -> QmOfficer:
    return found(officers(actor), public_id)


def now_and_before(actor: Actor, today: date) -> tuple[list[QmOfficer], list[QmOfficer]]:
    rows = list(officers(actor)[:300])
    current = [row for row in rows if row.until is None or row.until >= today]
    return current, [row for row in rows if row not in current]


def without_role(rows: Collection[QmOfficer], today: date) -> set[int]:
    """Of those appointed who has no role that opens the quality of the carrier to her; one statement."""
    opening = [key for key, role in ROLES.items() if Permission.KEEP_QUALITY in role.permissions]
    held = Membership.objects.in_force(today).filter(role__in=opening, person__in=[row.person_id for row in rows])
    paths: dict[int, list[str]] = defaultdict(list)
    for person, path in held.values_list("person", "organisation__path"):
        paths[person].append(path)
    return {row.pk for row in rows if not row.organisation.path.startswith(tuple(paths[row.person_id]))}


def exchange_houses(actor: Actor) -> dict[str, Organisation]:
    """Where she may note what was exchanged: carriers whose quality she keeps or answers for."""
    hers = {one.organisation.public_id: one.organisation for one in offices_of(actor)}
    return {**houses(actor), **hers}


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
