from django.http import Http404

from lotse.casework.models import Client, PlanScan, SupportPlan
from lotse.casework.queries import current_case
from lotse.casework.queries.finding import found
from lotse.organisations.actor import Actor


def newest_plan(actor: Actor, client: Client) -> SupportPlan:
    """The newest plan of the client's current case."""
    case = current_case(client)
    plans = SupportPlan.objects.visible_to(actor).filter(case=case).select_related("client")
    plan = plans.first() if case else None
    if plan is None:
        raise Http404
    return plan


def scans_of(plan: SupportPlan | None) -> list[PlanScan]:
    """Newest first; what was deleted is not listed, the history tells of it."""
    return list(plan.scans.filter(file__deleted_at=None).select_related("file")) if plan else []


def get_scan(actor: Actor, client_id: str, public_id: str) -> PlanScan:
    scans = PlanScan.objects.visible_to(actor).filter(client__public_id=client_id, file__deleted_at=None)
    return found(scans.select_related("client", "plan__client", "file"), public_id)
