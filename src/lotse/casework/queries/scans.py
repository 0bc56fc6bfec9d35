from lotse.casework.models import PlanScan, SupportPlan
from lotse.core.finding import found
from lotse.organisations.actor import Actor


def scans_of(plan: SupportPlan | None) -> list[PlanScan]:
    """Newest first; what was deleted is not listed, the history tells of it."""
    return list(plan.scans.filter(file__deleted_at=None).select_related("file")) if plan else []


def get_scan(actor: Actor, client_id: str, public_id: str) -> PlanScan:
    scans = PlanScan.objects.visible_to(actor).filter(client__public_id=client_id, file__deleted_at=None)
    return found(scans.select_related("client", "plan__client", "file"), public_id)
