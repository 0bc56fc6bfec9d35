from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.cases import NO_BASIS
from lotse.casework.actions.file import (
    expect_revision,
    open_case_of_file,
    open_plan_of_file,
    refuse_future,
    save_checked,
)
from lotse.casework.enums import Achievement, PlanState, PlanStatusValue
from lotse.casework.models import CounsellingCase, PlanGoal, PlanStatus, PlanStep, SupportPlan
from lotse.casework.states import PLAN, STEP, require_step
from lotse.organisations.actions.shared import change, next_place
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

TEMPLATE = "integrationsplan-2021-01-28"
OPEN_STATES = (PlanState.DRAFT, PlanState.AGREED, PlanState.IN_IMPLEMENTATION)
ONE_OF_BOTH = "Bitte entweder aus der Liste wählen oder in eigenen Worten schreiben."


@action("plan.begun", "hat einen Förderplan begonnen")
def begin_plan(*, by: Actor, case: CounsellingCase, on: date, **data: Any) -> SupportPlan:
    client, fresh = open_case_of_file(by, case)
    refuse_if(not rules.plan_is_open(client), NO_BASIS)
    refuse_if(not rules.tier_allows_parts(fresh.tier), "Eine einmalige Anfrage hat keinen Plan.")
    refuse_future(on, "on")
    refuse_if(fresh.plans.filter(state__in=OPEN_STATES).exists(), "Zu diesem Fall gibt es schon einen offenen Plan.")
    plan = SupportPlan(
        organisation_id=client.organisation_id,
        client=client,
        case=fresh,
        number=_next_number(client.organisation_id),
        version=(fresh.plans.aggregate(highest=Max("version"))["highest"] or 0) + 1,
        template_version=TEMPLATE,
        drafted_on=on,
        **data,
    )
    save_checked(plan)
    record(plan, file=client)
    return plan


def _next_number(organisation_id: int) -> int:
    """The organisation's row is the lock."""
    Organisation.objects.select_for_update().get(pk=organisation_id)
    highest = SupportPlan.objects.filter(organisation_id=organisation_id).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _open_for_change(by: Actor, plan: SupportPlan, revision: int | None) -> SupportPlan:
    client, fresh = open_plan_of_file(by, plan)
    refuse_if(not rules.plan_is_open(client), NO_BASIS)
    refuse_if(fresh.state not in OPEN_STATES, "Dieser Plan ist beendet. Eine Überarbeitung legt eine neue Fassung an.")
    expect_revision(fresh, revision)
    fresh.save()
    return fresh


@action("plan.environment_answered", "hat das Umfeld in die Überlegungen einbezogen")
def answer_environment(
    *, by: Actor, plan: SupportPlan, environment: Collection[str], note: str = "", revision: int | None = None
) -> SupportPlan:
    fresh = _open_for_change(by, plan, revision)
    fresh.environment, fresh.environment_note = list(environment), note
    save_checked(fresh)
    record(fresh, file=fresh.client, fields=["environment"])
    return fresh


@action("plan.goal_added", "hat ein Ziel aufgenommen")
def add_goal(*, by: Actor, plan: SupportPlan, revision: int | None = None, **data: Any) -> PlanGoal:
    fresh = _open_for_change(by, plan, revision)
    goal = PlanGoal(
        organisation_id=fresh.organisation_id,
        client_id=fresh.client_id,
        plan=fresh,
        position=next_place(fresh.goals),
        **data,
    )
    _check_goal(goal)
    save_checked(goal)
    record(goal, file=fresh.client)
    return goal


def _check_goal(goal: PlanGoal) -> None:
    refuse_if(not rules.is_catalogue_or_own_words(goal.area, goal.area_text), ONE_OF_BOTH, "area")
    refuse_if(not rules.is_catalogue_or_own_words(goal.goal, goal.goal_text), ONE_OF_BOTH, "goal")


@action("plan.goal_changed", "hat ein Ziel geändert")
def update_goal(*, by: Actor, plan_goal: PlanGoal, revision: int | None = None, **data: Any) -> PlanGoal:
    """`data` has a column `goal` of its own, hence the longer name."""
    plan = _open_for_change(by, plan_goal.plan, revision)
    fresh = PlanGoal.objects.get(pk=plan_goal.pk)
    changed = change(fresh, data)
    _check_goal(fresh)
    refuse_if(
        bool(fresh.status_override) and not fresh.override_note.strip(),
        "Bitte die Einschätzung begründen.",
        "override_note",
    )
    save_checked(fresh)
    record(fresh, file=plan.client, fields=changed)
    return fresh


@action("plan.goal_removed", "hat ein Ziel gestrichen")
def remove_goal(*, by: Actor, goal: PlanGoal, revision: int | None = None) -> None:
    """Only while the plan is a draft; what was agreed stays and gets a result."""
    plan = _open_for_change(by, goal.plan, revision)
    refuse_if(plan.state != PlanState.DRAFT, "Vereinbarte Ziele werden nicht gestrichen; sie bekommen ein Ergebnis.")
    record(goal, file=plan.client)
    goal.delete()


@action("plan.step_added", "hat einen Arbeitsschritt aufgenommen")
def add_step(*, by: Actor, goal: PlanGoal, revision: int | None = None, **data: Any) -> PlanStep:
    plan = _open_for_change(by, goal.plan, revision)
    step = PlanStep(
        organisation_id=plan.organisation_id,
        client_id=plan.client_id,
        goal=goal,
        position=next_place(goal.steps),
        **data,
    )
    _check_step(step)
    save_checked(step)
    record(step, file=plan.client)
    return step


def _check_step(step: PlanStep) -> None:
    refuse_if(not step.text.strip(), "Bitte den Arbeitsschritt beschreiben.", "text")
    refuse_future(step.agreed_on, "agreed_on")


@action("plan.step_changed", "hat einen Arbeitsschritt geändert")
def update_step(*, by: Actor, step: PlanStep, revision: int | None = None, **data: Any) -> PlanStep:
    plan = _open_for_change(by, step.goal.plan, revision)
    fresh = PlanStep.objects.get(pk=step.pk)
    changed = change(fresh, data)
    _check_step(fresh)
    save_checked(fresh)
    record(fresh, file=plan.client, fields=changed)
    return fresh


@action("plan.step_removed", "hat einen Arbeitsschritt gestrichen")
def remove_step(*, by: Actor, step: PlanStep, revision: int | None = None) -> None:
    plan = _open_for_change(by, step.goal.plan, revision)
    refuse_if(plan.state != PlanState.DRAFT, "Vereinbarte Schritte werden nicht gestrichen; sie bekommen ein Ergebnis.")
    record(step, file=plan.client)
    step.delete()


@action("plan.step_achieved", "hat das Ergebnis eines Arbeitsschritts festgehalten")
def set_achievement(
    *,
    by: Actor,
    step: PlanStep,
    achieved: Achievement,
    on: date | None = None,
    reason: str = "",
    revision: int | None = None,
) -> PlanStep:
    """Ticked off in place; a deviation may be explained, it is no failure (model.md §10.3)."""
    plan = _open_for_change(by, step.goal.plan, revision)
    fresh = PlanStep.objects.get(pk=step.pk)
    if achieved != fresh.achieved:  # day and reason of the same result may be corrected
        require_step(STEP, Achievement(fresh.achieved), achieved)
    fresh.achieved = achieved
    fresh.achieved_on = None if achieved == Achievement.IN_PROGRESS else on or timezone.localdate()
    fresh.deviation_reason = reason
    refuse_future(fresh.achieved_on, "achieved_on")
    save_checked(fresh)
    record(fresh, file=plan.client, fields=["achieved"], achieved=str(achieved))
    return fresh


@action("plan.agreed", "hat den Plan gemeinsam vereinbart")
def agree(*, by: Actor, plan: SupportPlan, on: date, revision: int | None = None) -> SupportPlan:
    """Jointly, on a day; the environment is answered and there is at least one goal with a step."""
    fresh = _open_for_change(by, plan, revision)
    refuse_future(on, "agreed_on")
    refuse_if(
        not rules.environment_is_answered(fresh),
        "Bitte angeben, wie das Umfeld berücksichtigt wurde.",
        "environment",
    )
    refuse_if(
        not fresh.goals.filter(steps__isnull=False).exists(), "Ein Plan hat mindestens ein Ziel mit einem Schritt."
    )
    require_step(PLAN, PlanState(fresh.state), PlanState.AGREED)
    fresh.state, fresh.agreed_on = PlanState.AGREED, on
    save_checked(fresh)
    record(fresh, file=fresh.client)
    return fresh


@action("plan.handed_out", "hat den Plan ausgehändigt")
def hand_out(*, by: Actor, plan: SupportPlan, on: date, language: str, revision: int | None = None) -> SupportPlan:
    fresh = _open_for_change(by, plan, revision)
    refuse_future(on, "handed_out_on")
    refuse_if(fresh.agreed_on is None, "Ausgehändigt wird, was vereinbart ist.", "handed_out_on")
    fresh.handed_out_on, fresh.handed_out_language = on, language
    save_checked(fresh)
    record(fresh, file=fresh.client, language=language)
    return fresh


@action("plan.signed", "hat die Unterschriften festgehalten")
def sign(*, by: Actor, plan: SupportPlan, on: date, revision: int | None = None) -> SupportPlan:
    """Both have signed; from now on the plan is being carried out."""
    fresh = _open_for_change(by, plan, revision)
    refuse_future(on, "signed_on")
    refuse_if(fresh.agreed_on is None, "Unterschrieben wird, was vereinbart ist.", "signed_on")
    if fresh.state == PlanState.AGREED:
        fresh.state = PlanState.IN_IMPLEMENTATION
    fresh.signed_on = on
    save_checked(fresh)
    record(fresh, file=fresh.client)
    return fresh


@action("plan.status_recorded", "hat den Stand des Plans zum Stichtag festgehalten")
def record_status(
    *, by: Actor, plan: SupportPlan, key_date: date, value: PlanStatusValue, revision: int | None = None
) -> PlanStatus:
    """One more entry of the dated series; earlier ones stay (CL-20)."""
    client, fresh = open_plan_of_file(by, plan)
    expect_revision(fresh, revision)
    fresh.save()
    refuse_future(key_date, "key_date")
    refuse_if(key_date < fresh.drafted_on, "Der Stichtag liegt vor dem Beginn des Plans.", "key_date")
    refuse_if(
        fresh.statuses.filter(key_date=key_date).exists(), "Zu diesem Stichtag gibt es schon einen Stand.", "key_date"
    )
    status = save_checked(
        PlanStatus(organisation_id=client.organisation_id, client=client, plan=fresh, key_date=key_date, value=value)
    )
    record(status, file=client, value=str(value))
    return status


@action("plan.ended", "hat den Plan beendet")
def end_plan(*, by: Actor, plan: SupportPlan, state: PlanState, revision: int | None = None) -> SupportPlan:
    fresh = _open_for_change(by, plan, revision)
    require_step(PLAN, PlanState(fresh.state), state)
    fresh.state = state
    save_checked(fresh)
    record(fresh, file=fresh.client, state=str(state))
    return fresh


@action("plan.revised", "hat eine neue Fassung des Plans begonnen")
def revise(*, by: Actor, plan: SupportPlan, on: date, revision: int | None = None) -> SupportPlan:
    """A new draft with everything not yet achieved; the agreed version stays readable and ends as completed."""
    old = _open_for_change(by, plan, revision)
    refuse_if(old.state == PlanState.DRAFT, "Ein Entwurf lässt sich direkt ändern.")
    refuse_future(on, "on")
    old.state = PlanState.COMPLETED
    old.save()
    new = copy_plan(old, old.case, on)
    record(new, file=old.client)
    return new


def copy_plan(old: SupportPlan, case: CounsellingCase, on: date) -> SupportPlan:
    """Inside an action: a new draft with everything not yet achieved."""
    new = SupportPlan(
        organisation_id=old.organisation_id,
        client_id=old.client_id,
        case=case,
        number=old.number,
        version=old.version + 1,
        replaces=old,
        template_version=TEMPLATE,
        drafted_on=on,
        municipality_code=old.municipality_code,
        manager_number=old.manager_number,
        environment=old.environment,
        environment_note=old.environment_note,
    )
    save_checked(new)
    _carry_over(old, new)
    return new


GOAL_FIELDS = ("area", "area_text", "goal", "goal_text")
STEP_FIELDS = ("text", "who", "who_name", "agreed_on", "due_on", "services", "notes")


def _carry_over(old: SupportPlan, new: SupportPlan) -> None:
    owner = {"organisation_id": new.organisation_id, "client_id": new.client_id}
    for goal in old.goals.prefetch_related("steps"):
        copy = PlanGoal(plan=new, position=goal.position, **owner, **_values(goal, GOAL_FIELDS))
        save_checked(copy)
        for step in goal.steps.all():
            if step.achieved != Achievement.YES:
                save_checked(PlanStep(goal=copy, position=step.position, **owner, **_values(step, STEP_FIELDS)))


def _values(obj: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(obj, name) for name in fields}
