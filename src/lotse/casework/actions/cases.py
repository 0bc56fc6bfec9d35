from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.file import (
    expect_revision,
    open_active_file,
    open_case_of_file,
    refuse_future,
    save_checked,
)
from lotse.casework.enums import Act, CaseState, ConsentState, Outcome, Tier
from lotse.casework.models import CaseStateChange, Client, CounsellingCase, SupportPlan, TierChange
from lotse.casework.states import CASE, require_step
from lotse.core.dates import years_later
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor
from lotse.partners.models import Partner
from lotse.programmes.models import Programme

NO_BASIS = "Erst Beratungsvereinbarung und Einwilligung, dann die Beratung."
SECOND_CASE = (
    "Ein Fall ist schon offen. Damit zwei Dienste nebeneinander beraten, braucht es die Einwilligung"
    " „Beratung durch zwei Dienste“."
)
STATE_OF_TIER = {Tier.BASIC_COUNSELLING: CaseState.IN_COUNSELLING, Tier.CASE_MANAGEMENT: CaseState.IN_CASE_MANAGEMENT}


@action("case.opened", "hat einen Fall eröffnet")
def open_case(
    *,
    by: Actor,
    client: Client,
    programme: Programme,
    first_contact_on: date,
    access_route: str,
    channel: str,
    warnings: Iterable[str] = (),
    **data: Any,
) -> CounsellingCase:
    """First contact with a named person; her counsellor is responsible from the first day.

    Beside an open case in another programme it belongs to who opens it: each service has its own counsellor.
    """
    fresh = open_active_file(by, client)
    refuse_future(first_contact_on, "first_contact_on")
    is_second = _refuse_uncovered_second_case(fresh)
    case = CounsellingCase(
        organisation_id=fresh.organisation_id,
        client=fresh,
        programme=programme,
        site_id=fresh.site_id,
        responsible_id=_responsible(fresh, by, is_second),
        first_contact_on=first_contact_on,
        access_route=access_route,
        channel=channel,
        **data,
    )
    save_checked(case)
    _enter_state(case, CaseState.FIRST_CONTACT, first_contact_on, by)
    record(case, file=fresh, warnings=warnings)
    return case


def _refuse_uncovered_second_case(client: Client) -> bool:
    """Whether another case is open already."""
    is_second = client.cases.open().exists()
    agreed = client.consents.filter(act=Act.JOINT, state=ConsentState.GIVEN).exists()
    refuse_if(not rules.second_case_is_covered(is_second, agreed), SECOND_CASE)
    return is_second


def _responsible(client: Client, by: Actor, is_second: bool) -> int:
    is_hers = client.responsible_id in by.file_holder_ids
    return by.person_id if is_second and not is_hers else client.responsible_id


@action("case.first_contact_changed", "hat den Erstkontakt ergänzt")
def change_first_contact(
    *, by: Actor, case: CounsellingCase, revision: int | None = None, warnings: Iterable[str] = (), **data: Any
) -> CounsellingCase:
    client, fresh = open_case_of_file(by, case)
    expect_revision(fresh, revision)
    changed = change(fresh, data)
    named = rules.referral_names_target(fresh.outcome, fresh.referred_to_id is not None)
    refuse_if(not named, "Bitte angeben, an wen verwiesen wurde.", "referred_to")
    refuse_future(fresh.first_contact_on, "first_contact_on")
    save_checked(fresh)
    record(fresh, file=client, fields=changed, warnings=warnings)
    return fresh


@action("case.target_group_set", "hat die Zielgruppe festgehalten")
def set_target_group(
    *, by: Actor, case: CounsellingCase, revision: int | None = None, warnings: Iterable[str] = (), **data: Any
) -> CounsellingCase:
    """Who the person is to the programme; crisis and capacity are warned about, never forced (CL-11, CL-12)."""
    client, fresh = open_case_of_file(by, case)
    expect_revision(fresh, revision)
    changed = change(fresh, data)
    save_checked(fresh)
    record(fresh, file=client, fields=changed, warnings=warnings)
    return fresh


@action("case.tier_changed", "hat die Art der Beratung festgelegt")
def set_tier(
    *,
    by: Actor,
    case: CounsellingCase,
    tier: Tier,
    since: date,
    note: str = "",
    revision: int | None = None,
    warnings: Iterable[str] = (),
) -> CounsellingCase:
    """Dated, overridable with a note (CL-06). Counselling begins with agreement and consent, never before (CL-02)."""
    client, fresh = open_case_of_file(by, case)
    expect_revision(fresh, revision)
    refuse_if(not rules.tier_allows_parts(tier), "Eine einmalige Anfrage hat keine Akte.", "tier")
    refuse_if(not rules.plan_is_open(client), NO_BASIS)
    refuse_future(since, "since")
    refuse_if(since < fresh.first_contact_on, "Das Datum liegt vor dem Erstkontakt.", "since")
    target = STATE_OF_TIER[tier]
    if fresh.state != target:
        require_step(CASE, CaseState(fresh.state), target)
        _enter_state(fresh, target, since, by)
    fresh.tier = tier
    save_checked(fresh)
    TierChange.objects.create(case=fresh, tier=tier, since=since, note=note, by_label=by.label)
    record(fresh, file=client, fields=["tier"], warnings=warnings, tier=str(tier))
    return fresh


def _enter_state(case: CounsellingCase, state: CaseState, since: date, by: Actor) -> None:
    case.state = state
    CaseStateChange.objects.create(case=case, state=state, since=since, by_label=by.label)


@action("case.phase_set", "hat die Phase festgehalten")
def set_phase(*, by: Actor, case: CounsellingCase, phase: str, revision: int | None = None) -> CounsellingCase:
    """Where the work stands among the nine phases (model.md §5.3); a note for orientation, the state is another thing."""
    client, fresh = open_case_of_file(by, case)
    expect_revision(fresh, revision)
    fresh.phase = phase
    save_checked(fresh)
    record(fresh, file=client, fields=["phase"], phase=phase)
    return fresh


@action("case.next_step_set", "hat den nächsten Schritt festgelegt")
def set_next_step(
    *,
    by: Actor,
    case: CounsellingCase,
    next_step_on: date | None,
    next_step: str = "",
    reason: str = "",
    revision: int | None = None,
) -> CounsellingCase:
    """A date with what is to be done, or a stated reason why there is none: nothing is forgotten."""
    client, fresh = open_case_of_file(by, case)
    expect_revision(fresh, revision)
    refuse_if(
        not next_step_on and not reason,
        "Bitte ein Datum angeben oder warum es keinen nächsten Schritt gibt.",
        "next_step_on",
    )
    fresh.next_step_on, fresh.next_step = next_step_on, next_step
    fresh.no_next_step_reason = "" if next_step_on else reason
    save_checked(fresh)
    record(fresh, file=client, fields=["next_step"])
    return fresh


@action("case.part_missing_explained", "hat begründet, warum ein Teil des Plans fehlt")
def explain_missing_parts(
    *,
    by: Actor,
    case: CounsellingCase,
    part_a_reason: str,
    part_b_reason: str,
    note: str = "",
    revision: int | None = None,
) -> CounsellingCase:
    client, fresh = open_case_of_file(by, case)
    expect_revision(fresh, revision)
    changed = change(fresh, {"part_a_reason": part_a_reason, "part_b_reason": part_b_reason, "part_reason_note": note})
    save_checked(fresh)
    record(fresh, file=client, fields=changed)
    return fresh


@action("case.extended", "hat die Beratung verlängert")
def extend(
    *, by: Actor, case: CounsellingCase, until: date, reason: str, revision: int | None = None
) -> CounsellingCase:
    """Beyond the three years only with a reason (CL-10)."""
    client, fresh = open_case_of_file(by, case)
    expect_revision(fresh, revision)
    refuse_if(not reason.strip(), "Eine Verlängerung braucht einen Grund.", "reason")
    years = fresh.programme.max_years
    regular = years_later(fresh.first_contact_on, years) if years else fresh.first_contact_on
    refuse_if(until <= regular, f"Die Beratung läuft ohnehin bis {regular:%d.%m.%Y}.", "until")
    fresh.extended_until, fresh.extension_reason = until, reason
    save_checked(fresh)
    record(fresh, file=client, fields=["extended_until"])
    return fresh


@action("case.evaluated", "hat die Auswertung festgehalten")
def evaluate(
    *, by: Actor, case: CounsellingCase, on: date, evaluation: str, client_view: str = "", revision: int | None = None
) -> CounsellingCase:
    """`client_view`: what the person said about it herself (Mi 4 d)."""
    client, fresh = open_case_of_file(by, case)
    expect_revision(fresh, revision)
    refuse_future(on, "on")
    refuse_if(not evaluation.strip(), "Bitte die Auswertung in Worten festhalten.", "evaluation")
    if fresh.state == CaseState.IN_CASE_MANAGEMENT:
        _enter_state(fresh, CaseState.EVALUATING, on, by)
    fresh.evaluated_on, fresh.evaluation, fresh.client_view = on, evaluation, client_view
    save_checked(fresh)
    record(fresh, file=client, fields=["evaluation", "client_view"])
    return fresh


@action("case.sustainability_checked", "hat die Nachhaltigkeit geprüft")
def check_sustainability(
    *, by: Actor, case: CounsellingCase, on: date, result: str, revision: int | None = None
) -> CounsellingCase:
    client, fresh = open_case_of_file(by, case)
    expect_revision(fresh, revision)
    refuse_future(on, "on")
    refuse_if(fresh.evaluated_on is None, "Erst auswerten, dann die Nachhaltigkeit prüfen.", "on")
    if fresh.state == CaseState.EVALUATING:
        _enter_state(fresh, CaseState.SUSTAINABILITY_CHECK, on, by)
    fresh.sustainability_checked_on, fresh.sustainability = on, result
    save_checked(fresh)
    record(fresh, file=client, fields=["sustainability"])
    return fresh


@action("case.closed", "hat den Fall abgeschlossen")
def close(
    *, by: Actor, case: CounsellingCase, on: date, reason: str, note: str = "", revision: int | None = None
) -> CounsellingCase:
    client, fresh = open_case_of_file(by, case)
    expect_revision(fresh, revision)
    refuse_if(not rules.may_close(fresh), "Erst auswerten und die Nachhaltigkeit prüfen, dann abschließen.")
    _refuse_unexplained_parts(fresh)
    _end(fresh, CaseState.CLOSED, on, reason, note, by)
    record(fresh, file=client, reason=reason)
    return fresh


def _refuse_unexplained_parts(case: CounsellingCase) -> None:
    missing_a = rules.reason_is_missing(case.parts_a.exists(), case.part_a_reason)
    missing_b = rules.reason_is_missing(SupportPlan.objects.filter(case=case).exists(), case.part_b_reason)
    refuse_if(missing_a, "Es gibt keinen Teil A: Bitte den Grund angeben.", "part_a_reason")
    refuse_if(missing_b, "Es gibt keinen Teil B: Bitte den Grund angeben.", "part_b_reason")


@action("case.ended_otherwise", "hat den Fall beendet")
def end_otherwise(
    *,
    by: Actor,
    case: CounsellingCase,
    state: CaseState,
    on: date,
    reason: str,
    note: str = "",
    referred_to: Partner | None = None,
    revision: int | None = None,
) -> CounsellingCase:
    """Resolved at once, referred, broken off or departed."""
    client, fresh = open_case_of_file(by, case)
    expect_revision(fresh, revision)
    refuse_if(state == CaseState.CLOSED, "Der Abschluss hat einen eigenen Weg.")
    if state == CaseState.CLOSED_REFERRED and referred_to:
        fresh.referred_to, fresh.outcome = referred_to, Outcome.REFERRED
    target_known = state != CaseState.CLOSED_REFERRED or fresh.referred_to_id is not None
    refuse_if(not target_known, "Bitte angeben, an wen verwiesen wurde.", "referred_to")
    _end(fresh, state, on, reason, note, by)
    record(fresh, file=client, state=str(state), reason=reason)
    return fresh


def _end(case: CounsellingCase, state: CaseState, on: date, reason: str, note: str, by: Actor) -> None:
    refuse_future(on, "on")
    refuse_if(not reason, "Bitte den Grund angeben.", "reason")
    require_step(CASE, CaseState(case.state), state)
    case.ended_on, case.end_reason, case.end_note = on, reason, note
    case.next_step_on, case.next_step = None, ""
    _enter_state(case, state, on, by)
    save_checked(case)


@transaction.atomic
def end_case(
    *,
    by: Actor,
    case: CounsellingCase,
    state: CaseState,
    part_a_reason: str,
    part_b_reason: str,
    referred_to: Partner | None = None,
    revision: int | None = None,
    **end: Any,
) -> CounsellingCase:
    """The reasons for missing parts and the end in one step: all or nothing."""
    reasons = {"part_a_reason": part_a_reason, "part_b_reason": part_b_reason}
    if reasons != {name: getattr(case, name) for name in reasons}:
        explain_missing_parts(by=by, case=case, revision=revision, **reasons)
        revision = None
    if state == CaseState.CLOSED:
        return close(by=by, case=case, revision=revision, **end)
    return end_otherwise(by=by, case=case, state=state, referred_to=referred_to, revision=revision, **end)


@action("case.reopened", "hat den Fall als neue Episode wieder aufgenommen")
def reopen(*, by: Actor, case: CounsellingCase, on: date) -> CounsellingCase:
    """A new episode; the old one and its history stay as they were."""
    client = open_active_file(by, case.client)
    case = CounsellingCase.objects.select_for_update().get(pk=case.pk)
    refuse_future(on, "on")
    refuse_if(case.is_open, "Dieser Fall ist noch offen.")
    refuse_if(
        case.ended_on is not None and on < case.ended_on, "Die neue Episode beginnt nach dem Ende der alten.", "on"
    )
    refuse_if(case.state == CaseState.MERGED, "Dieser Fall geht in einem anderen weiter.")
    refuse_if(case.reopened_as.exists(), "Dieser Fall wurde schon wieder aufgenommen.")
    is_second = _refuse_uncovered_second_case(client)
    episode = CounsellingCase(
        organisation_id=client.organisation_id,
        client=client,
        programme=case.programme,
        site_id=client.site_id,
        responsible_id=_responsible(client, by, is_second),
        episode=case.episode + 1,
        reopens=case,
        first_contact_on=on,
        access_route=case.access_route,
        channel=case.channel,
        outcome=Outcome.FURTHER_COUNSELLING,
    )
    save_checked(episode)
    _enter_state(episode, CaseState.FIRST_CONTACT, on, by)
    record(episode, file=client)
    return episode
