"""What both sides promise: prepared together, agreed, looked at again, ended at any time."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.cases import NO_BASIS
from lotse.casework.actions.consents import record_decision
from lotse.casework.actions.file import (
    expect_revision,
    open_active_file,
    open_case_of_file,
    refuse_future,
    save_checked,
)
from lotse.casework.enums import Act, AgreementEnd, AgreementKind
from lotse.casework.models import Agreement, AgreementReview, Client, Consent, CounsellingCase
from lotse.documents.actions import Received, delete_file, keep_file
from lotse.documents.enums import Compartment, DeletionReason
from lotse.organisations.actions.shared import change, locked
from lotse.organisations.actor import Actor
from lotse.partners.models import Partner

SCOPE = "working_agreement"
COPIED = ("kind", "goal", "house_part", "client_part", "others_part", "rights", "appointments")
NO_DRAFT = "Diese Vereinbarung gilt schon. Beginnen Sie eine neue Fassung, um sie zu ändern."
NOT_IN_FORCE = "Diese Vereinbarung gilt nicht oder nicht mehr."


@action("agreement.drafted", "hat eine Vereinbarung vorbereitet")
def draft_agreement(
    *, by: Actor, case: CounsellingCase, kind: AgreementKind, partners: Collection[Partner] = (), **parts: Any
) -> Agreement:
    client, fresh = open_case_of_file(by, case)
    refuse_if(not rules.plan_is_open(client), NO_BASIS)
    agreement = Agreement(organisation_id=client.organisation_id, client=client, case=fresh, kind=kind, **parts)
    save_checked(agreement)
    _set_partners(agreement, partners)
    record(agreement, file=client, kind=str(kind))
    return agreement


def _set_partners(agreement: Agreement, partners: Collection[Partner]) -> None:
    foreign = any(partner.organisation_id != agreement.organisation_id for partner in partners)
    refuse_if(foreign, "Diesen Partner gibt es nicht.", "partners")
    alone = agreement.kind == AgreementKind.WORKING and not partners
    refuse_if(alone, "Eine Arbeitsvereinbarung hat mindestens einen Partner.", "partners")
    agreement.partners.set(partners)


@action("agreement.changed", "hat eine Vereinbarung geändert")
def change_agreement(
    *,
    by: Actor,
    agreement: Agreement,
    partners: Collection[Partner] = (),
    revision: int | None = None,
    **parts: Any,
) -> Agreement:
    client, fresh = _open(by, agreement)
    refuse_if(fresh.agreed_on is not None, NO_DRAFT)
    expect_revision(fresh, revision)
    changed = change(fresh, parts)
    save_checked(fresh)
    _set_partners(fresh, partners)
    record(fresh, file=client, fields=changed)
    return fresh


def _open(by: Actor, agreement: Agreement) -> tuple[Client, Agreement]:
    client = open_active_file(by, agreement.client)
    return client, locked(agreement)


def partners_without_consent(agreement: Agreement) -> list[Partner]:
    """Who takes part learns of the person; so each needs her yes (DP-03)."""
    given = list(agreement.client.consents.filter(act=Act.DISCLOSURE))
    return [p for p in agreement.partners.all() if not rules.may_take_part(given, p.pk)]


@transaction.atomic
def record_participation(*, by: Actor, agreement: Agreement, given: bool, **decision: Any) -> list[Consent]:
    """What the person decided about each partner who is to take part."""
    about = {"purpose": agreement.goal, "scope": [SCOPE]}
    missing = partners_without_consent(agreement)
    refuse_if(not missing, "Für alle Beteiligten liegt die Einwilligung schon vor.")
    return [
        record_decision(
            by=by, client=agreement.client, act=Act.DISCLOSURE, given=given, recipient=partner, **about, **decision
        )
        for partner in missing
    ]


@action("agreement.agreed", "hat eine Vereinbarung geschlossen")
def agree_agreement(
    *,
    by: Actor,
    agreement: Agreement,
    on: date,
    language: str,
    review_on: date | None = None,
    revision: int | None = None,
) -> Agreement:
    """From here on it holds; the version before ends the same day."""
    client, fresh = _open(by, agreement)
    refuse_if(fresh.agreed_on is not None, NO_DRAFT)
    expect_revision(fresh, revision)
    refuse_future(on, "on")
    unasked = ", ".join(partner.name for partner in partners_without_consent(fresh))
    refuse_if(bool(unasked), f"Zuerst die Einwilligung der Person festhalten, für: {unasked}.")
    if fresh.replaces_id:
        _end_former(fresh, on)
    fresh.agreed_on, fresh.language, fresh.review_on = on, language, review_on
    save_checked(fresh)
    record(fresh, file=client, on=on)
    return fresh


def _end_former(agreement: Agreement, on: date) -> None:
    former = Agreement.objects.select_for_update().get(pk=agreement.replaces_id)
    if former.is_in_force:
        former.ended_on, former.end_reason = max(on, former.agreed_on), AgreementEnd.REVISED
        save_checked(former)


@action("agreement.reviewed", "hat eine Vereinbarung wieder besprochen")
def review_agreement(
    *, by: Actor, agreement: Agreement, on: date, note: str, review_on: date | None = None
) -> AgreementReview:
    client, fresh = _open(by, agreement)
    refuse_if(not fresh.is_in_force, NOT_IN_FORCE)
    refuse_future(on, "on")
    review = AgreementReview(organisation_id=client.organisation_id, client=client, agreement=fresh, on=on, note=note)
    save_checked(review)
    fresh.review_on = review_on
    save_checked(fresh)
    record(review, file=client)
    return review


@action("agreement.revised", "hat eine neue Fassung einer Vereinbarung begonnen")
def revise_agreement(*, by: Actor, agreement: Agreement) -> Agreement:
    """A draft with the same words; the version in force holds until the new one is agreed."""
    client, old = _open(by, agreement)
    refuse_if(not old.is_in_force, NOT_IN_FORCE)
    refuse_if(Agreement.objects.filter(replaces=old).exists(), "Eine neue Fassung ist schon in Vorbereitung.")
    new = Agreement(
        organisation_id=old.organisation_id,
        client=client,
        case_id=old.case_id,
        version=old.version + 1,
        replaces=old,
        **{name: getattr(old, name) for name in COPIED},
    )
    save_checked(new)
    new.partners.set(old.partners.all())
    record(new, file=client)
    return new


@action("agreement.ended", "hat eine Vereinbarung beendet")
def end_agreement(*, by: Actor, agreement: Agreement, on: date, reason: AgreementEnd, note: str = "") -> Agreement:
    """By either side, at any time, without a penalty."""
    client, fresh = _open(by, agreement)
    refuse_if(not fresh.is_in_force, NOT_IN_FORCE)
    refuse_future(on, "on")
    fresh.ended_on, fresh.end_reason, fresh.end_note = on, reason, note
    save_checked(fresh)
    record(fresh, file=client, reason=str(reason))
    return fresh


@action("agreement.scan_added", "hat eine unterschriebene Vereinbarung abgelegt")
def add_agreement_scan(*, by: Actor, agreement: Agreement, received: Received) -> Agreement:
    client, fresh = _open(by, agreement)
    refuse_if(fresh.agreed_on is None, "Bitte zuerst festhalten, wann vereinbart wurde.", "file")
    is_there = fresh.scan is not None and fresh.scan.deleted_at is None
    refuse_if(is_there, "Das unterschriebene Blatt liegt schon in der Akte.", "file")
    fresh.scan = keep_file(by=by, received=received, compartment=Compartment.CASE, retention="with_owner")
    save_checked(fresh)
    record(fresh, file=client)
    return fresh


@action("agreement.scan_deleted", "hat eine unterschriebene Vereinbarung gelöscht")
def delete_agreement_scan(*, by: Actor, agreement: Agreement, reason: DeletionReason) -> None:
    client, fresh = _open(by, agreement)
    refuse_if(fresh.scan is None, "Hier liegt kein Blatt.")
    delete_file(by=by, stored=fresh.scan, reason=reason)
    record(fresh, file=client, reason=str(reason))
