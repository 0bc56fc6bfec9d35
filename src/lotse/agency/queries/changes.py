"""What has changed in a plan since it was released, and what of it waits for whom."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from lotse.agency.models import AgencyDocument, PlanChange
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches

MOST = 20


def changes(actor: Actor) -> QuerySet[PlanChange]:
    rows = PlanChange.objects.visible_to(actor)
    return rows.select_related("document__agency", "task", "told_by", "decided_by", "led_to")


def changes_of(actor: Actor, document: AgencyDocument) -> list[PlanChange]:
    """Of all versions of the plan of this year, the last one first."""
    same = {"document__agency": document.agency, "document__funding_year": document.funding_year}
    return list(changes(actor).filter(document__kind=document.kind, **same))


def get_change(actor: Actor, public_id: str) -> PlanChange:
    return found(changes(actor), public_id)


@dataclass(frozen=True)
class ChangeDuty:
    """For "Heute": what is to do, in which agency, where, and since when it waits."""

    what: str
    title: str
    url: str
    on: date


def change_duties(actor: Actor) -> list[ChangeDuty]:
    """To decide, for the coordination; to tell the authority, for agency and coordination. One statement, none for others."""
    if not (actor.agency_paths or actor.released_paths):
        return []
    way = "document__agency"
    to_decide = Q(fundamental=None) & in_branches(actor.released_paths, way)
    to_tell = Q(fundamental=True, authority_notified_on=None) & in_branches(
        actor.agency_paths | actor.released_paths, way
    )
    rows = PlanChange.objects.filter(to_decide | to_tell).select_related("document__agency")
    return [_duty(change) for change in rows.order_by("consulted_on", "id")[:MOST]]


def _duty(change: PlanChange) -> ChangeDuty:
    undecided = change.fundamental is None
    what = "Ist die Änderung grundlegend?" if undecided else "Bewilligungsbehörde informieren"
    name = "agency:decide_change" if undecided else "agency:tell_authority"
    url = reverse(name, args=[change.public_id])
    return ChangeDuty(what, change.document.agency.name, url, change.decided_on or change.consulted_on)
