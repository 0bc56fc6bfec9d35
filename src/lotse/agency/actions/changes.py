"""Changes of a released plan: noted by the agency, weighed by the coordination, told to the authority where fundamental (IA-09)."""

from datetime import date

from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions.versions import next_version
from lotse.agency.models import AgencyDocument, PlanChange, Task
from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.fields import FUTURE
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor

NOT_YET = "Dieser Plan ist noch nicht freigegeben. Ändern Sie ihn einfach."
WHO_DECIDES = "Ob eine Änderung grundlegend ist, entscheidet die Koordination, einmal."
WHO_TELLS = "Informiert wird die Bewilligungsbehörde nur über grundlegende Änderungen, von Agentur oder Koordination."
DECIDED = "Über diese Änderung ist schon entschieden. Sie bleibt stehen."


@action("plan_change.noted", "hat eine Änderung der Planung festgehalten")
def note_change(
    *, by: Actor, document: AgencyDocument, description: str, consulted_on: date, task: Task | None = None
) -> PlanChange:
    fresh = locked(document)
    require(rules.works_in(by, document.agency))
    refuse_if(not rules.may_note_change(by, fresh), NOT_YET)
    refuse_if(not description.strip(), "Bitte sagen, was sich ändert.", "description")
    refuse_if(consulted_on > timezone.localdate(), FUTURE, "consulted_on")
    refuse_if(task is not None and task.document_id != fresh.pk, "Diese Aufgabe steht nicht in diesem Plan.", "task")
    made = PlanChange.objects.create(
        organisation_id=fresh.organisation_id, document=fresh, task=task, description=description.strip(),
        consulted_on=consulted_on, told_by_id=by.person_id,
    )  # fmt: skip
    record(made, consulted_on=consulted_on)
    return made


@action("plan_change.withdrawn", "hat eine Änderung der Planung zurückgenommen")
def withdraw_change(*, by: Actor, change: PlanChange) -> None:
    """Before it is decided: afterwards it is history."""
    fresh = locked(change)
    require(rules.works_in(by, change.document.agency))
    refuse_if(fresh.fundamental is not None, DECIDED)
    record(fresh)
    fresh.delete()


@action("plan_change.decided", "hat über eine Änderung der Planung entschieden")
def decide_change(*, by: Actor, change: PlanChange, fundamental: bool) -> PlanChange:
    """A fundamental one begins a new version of the plan, which goes the way of every document."""
    fresh = locked(change)
    require(rules.decides_change(by, fresh), WHO_DECIDES)
    fresh.fundamental, fresh.decided_by_id, fresh.decided_on = fundamental, by.person_id, timezone.localdate()
    if fundamental:
        fresh.led_to = next_version(fresh.document)
    save_checked(fresh)
    record(fresh, fundamental=fundamental)
    return fresh


@action("plan_change.told", "hat die Bewilligungsbehörde über eine Änderung informiert")
def tell_authority(*, by: Actor, change: PlanChange, on: date) -> PlanChange:
    fresh = locked(change)
    require(rules.tells_authority(by, fresh), WHO_TELLS)
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    refuse_if(on < fresh.consulted_on, "Dieser Tag liegt vor dem Gespräch mit der Koordination.", "on")
    fresh.authority_notified_on = on
    save_checked(fresh)
    record(fresh, fields=["authority_notified_on"])
    return fresh
