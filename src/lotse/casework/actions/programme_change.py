"""A change of programme is a handover, not a new person: the case goes on as a new episode, with what is known of her."""

from datetime import date

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.file import save_checked
from lotse.casework.actions.parts_a import copy_part_a
from lotse.casework.actions.plans import OPEN_STATES, copy_plan
from lotse.casework.enums import CaseState
from lotse.casework.models import CaseStateChange, Client, CounsellingCase
from lotse.casework.states import CASE, require_step
from lotse.organisations.actor import Actor
from lotse.programmes.models import Programme

ROUTE, REASON = "intman_handover", "other"


@action("case.continued_in_programme", "hat den Fall in einem anderen Programm fortgeführt")
def continue_in_programme(
    *, by: Actor, client: Client, case: CounsellingCase, programme: Programme, on: date
) -> CounsellingCase:
    """Inside the accepted handover, on the locked file. The old case ends and stays readable."""
    old = CounsellingCase.objects.select_for_update().get(pk=case.pk)
    refuse_if(not old.is_open, "Dieser Fall ist inzwischen beendet. Bitte die Übergabe neu anbieten.")
    state = CaseState(old.state)
    require_step(CASE, state, CaseState.HANDED_OVER)
    new = _episode(client, old, programme, on)
    old.ended_on, old.end_reason, old.next_step_on, old.next_step = on, REASON, None, ""
    old.state = CaseState.HANDED_OVER
    for case in (old, new):
        save_checked(case)
        CaseStateChange.objects.create(case=case, state=case.state, since=on, by_label=by.label)
    _take_along(old, new, on)
    record(new, file=client, programme=programme.public_id)
    return new


def _episode(client: Client, old: CounsellingCase, programme: Programme, on: date) -> CounsellingCase:
    """Counselling that has begun goes on; an evaluation that was under way does not."""
    begun = old.state in (CaseState.FIRST_CONTACT, CaseState.IN_COUNSELLING)
    return CounsellingCase(
        organisation_id=client.organisation_id,
        client=client,
        programme=programme,
        site_id=client.site_id,
        responsible_id=client.responsible_id,
        episode=old.episode + 1,
        reopens=old,
        first_contact_on=on,
        access_route=ROUTE,
        channel=old.channel,
        concern=old.concern,
        state=old.state if begun else CaseState.IN_CASE_MANAGEMENT,
        tier=old.tier,
        next_step_on=old.next_step_on,
        next_step=old.next_step,
        no_next_step_reason=old.no_next_step_reason,
    )


def _take_along(old: CounsellingCase, new: CounsellingCase, on: date) -> None:
    part_a, plan = old.parts_a.first(), old.plans.filter(state__in=OPEN_STATES).first()
    if part_a and rules.part_a_is_open(new.client):
        save_checked(copy_part_a(part_a, new))
    if plan and rules.plan_is_open(new.client):
        copy_plan(plan, new, on)
