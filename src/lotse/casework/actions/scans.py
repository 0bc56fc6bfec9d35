from lotse.auditlog.door import action, record, refuse_if
from lotse.casework.actions.file import open_plan_of_file, save_checked
from lotse.casework.models import PlanScan, SupportPlan
from lotse.documents.actions import Received, delete_file, keep_file
from lotse.documents.enums import Compartment, DeletionReason
from lotse.organisations.actor import Actor


@action("plan.scan_added", "hat den unterschriebenen Plan abgelegt")
def add_scan(*, by: Actor, plan: SupportPlan, received: Received) -> PlanScan:
    client, fresh = open_plan_of_file(by, plan)
    refuse_if(fresh.signed_on is None, "Bitte zuerst festhalten, wann unterschrieben wurde.", "file")
    stored = keep_file(by=by, received=received, compartment=Compartment.CASE, retention="with_owner")
    scan = PlanScan(organisation_id=client.organisation_id, client=client, plan=fresh, file=stored)
    save_checked(scan)
    record(scan, file=client)
    return scan


@action("plan.scan_deleted", "hat einen unterschriebenen Plan gelöscht")
def delete_scan(*, by: Actor, scan: PlanScan, reason: DeletionReason) -> None:
    client, _plan = open_plan_of_file(by, scan.plan)
    delete_file(by=by, stored=scan.file, reason=reason)
    record(scan, file=client, reason=str(reason))
