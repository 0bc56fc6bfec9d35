"""What has changed in a plan since it was released, and what of it waits for whom."""

from datetime import date

from django.db.models import QuerySet

from lotse.agency.models import AgencyDocument, PlanChange
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches

WAY = "document__agency"


def changes(actor: Actor) -> QuerySet[PlanChange]:
    rows = PlanChange.objects.visible_to(actor)
    return rows.select_related("document__agency", "task", "told_by", "decided_by", "led_to")


def changes_of(actor: Actor, document: AgencyDocument) -> list[PlanChange]:
    """Of all versions of the plan of this year, the last one first."""
    same = {"document__agency": document.agency, "document__funding_year": document.funding_year}
    return list(changes(actor).filter(document__kind=document.kind, **same))


def get_change(actor: Actor, public_id: str) -> PlanChange:
    return found(changes(actor), public_id)


def to_decide(actor: Actor, _today: date) -> QuerySet[PlanChange]:
    """By the coordination: fundamental or not."""
    return PlanChange.objects.filter(in_branches(actor.released_paths, WAY), fundamental=None)


def to_tell(actor: Actor, _today: date) -> QuerySet[PlanChange]:
    """To the authority, by agency or coordination."""
    either = in_branches(actor.agency_paths | actor.released_paths, WAY)
    return PlanChange.objects.filter(either, fundamental=True, authority_notified_on=None)
