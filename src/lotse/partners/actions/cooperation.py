"""What is agreed with a partner: prepared, checked, signed by who represents the carrier, looked at again, ended any time."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed, require
from lotse.core.fields import FUTURE
from lotse.documents.actions import Received, delete_file, keep_file, start_retention
from lotse.documents.enums import Compartment, DeletionReason
from lotse.organisations.actions.shared import change, locked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.partners import rules
from lotse.partners.enums import CooperationEnd, CooperationKind
from lotse.partners.models import CooperationAgreement, CooperationParty, Partner

PARTS = (
    "subject", "responsible", "partner_contact", "presence", "events", "offer", "at_risk", "our_part", "their_part",
    "valid_to",
)  # fmt: skip
Signatures = Mapping[str, tuple[str, date | None]]  # public id of a further partner → who signed there, and when
SIGNED = "Diese Vereinbarung ist schon unterschrieben. Beginnen Sie eine neue Fassung, um sie zu ändern."
NOT_SIGNED = "Diese Vereinbarung ist noch nicht unterschrieben oder schon beendet."
WHO_SIGNS = "Unterschreiben kann, wer den Träger vertritt: die Geschäftsführung."


def _fresh(by: Actor, agreement: CooperationAgreement) -> CooperationAgreement:
    require(rules.prepares(by, agreement.organisation_id))
    return locked(agreement)


def _refuse_future(day: date, field: str) -> None:
    refuse_if(day > timezone.localdate(), FUTURE, field)


@action("cooperation.drafted", "hat eine Kooperationsvereinbarung vorbereitet")
def draft_cooperation(
    *, by: Actor, partner: Partner, kind: CooperationKind, responsible: Person, further: Collection[Partner] = (), **parts: Any
) -> CooperationAgreement:  # fmt: skip
    """`further`: who else takes part and signs."""
    require(rules.prepares(by, partner.organisation_id))
    _refuse_stranger(by, responsible)
    agreement = CooperationAgreement(
        organisation_id=by.organisation_id, partner=partner, kind=kind, responsible=responsible, **parts
    )
    agreement.save()
    _set_parties(agreement, further)
    record(agreement, kind=str(kind))
    return agreement


def _refuse_stranger(by: Actor, responsible: Person) -> None:
    is_stranger = responsible.organisation_id != by.organisation_id
    refuse_if(is_stranger, "Bitte jemanden aus dem eigenen Haus wählen.", "responsible")


@action("cooperation.changed", "hat eine Kooperationsvereinbarung geändert")
def change_cooperation(
    *, by: Actor, agreement: CooperationAgreement, revision: int | None = None,
    further: Collection[Partner] | None = None, **parts: Any,
) -> CooperationAgreement:  # fmt: skip
    """A check holds for the words that were checked: who changes them has them checked again."""
    fresh = _fresh(by, agreement)
    refuse_if(fresh.signed_on is not None, SIGNED)
    refuse_if_changed(fresh, revision)
    _refuse_stranger(by, parts.get("responsible", fresh.responsible))
    changed = change(fresh, parts)
    if further is not None and _set_parties(fresh, further):
        changed.append("parties")
    if changed:
        fresh.checked_on, fresh.checked_by = None, ""
    fresh.revision += 1
    fresh.save()
    record(fresh, fields=changed)
    return fresh


def _set_parties(agreement: CooperationAgreement, further: Collection[Partner]) -> bool:
    foreign = any(partner.organisation_id != agreement.organisation_id for partner in further)
    refuse_if(foreign or agreement.partner in further, "Bitte andere Partner des eigenen Hauses wählen.", "further")
    had, wanted = {party.partner for party in agreement.parties.select_related("partner")}, set(further)
    agreement.parties.exclude(partner__in=wanted).delete()
    made = [
        CooperationParty(organisation_id=agreement.organisation_id, agreement=agreement, partner=partner)
        for partner in further
        if partner not in had
    ]
    CooperationParty.objects.bulk_create(made)
    return had != wanted


@action("cooperation.dropped", "hat den Entwurf einer Kooperationsvereinbarung verworfen")
def drop_cooperation(*, by: Actor, agreement: CooperationAgreement) -> None:
    fresh = _fresh(by, agreement)
    refuse_if(fresh.signed_on is not None, SIGNED)
    record(fresh)
    fresh.delete()


@action("cooperation.checked", "hat die Prüfung einer Kooperationsvereinbarung festgehalten")
def check_cooperation(*, by: Actor, agreement: CooperationAgreement, checked_by: str, on: date) -> CooperationAgreement:
    fresh = _fresh(by, agreement)
    refuse_if(fresh.signed_on is not None, SIGNED)
    _refuse_future(on, "on")
    fresh.checked_by, fresh.checked_on = checked_by, on
    fresh.save()
    record(fresh, on=on)
    return fresh


@action("cooperation.signed", "hat eine Kooperationsvereinbarung unterschrieben")
def sign_cooperation(
    *, by: Actor, agreement: CooperationAgreement, on: date, partner_signer: str, partner_signed_on: date,
    others: Signatures | None = None,
) -> CooperationAgreement:  # fmt: skip
    """By who represents the carrier, and by every partner in it (QM-05). The version before ends the same day."""
    require(rules.signs(by, agreement.organisation_id), WHO_SIGNS)
    fresh = locked(agreement)
    refuse_if(not rules.is_ready_to_sign(fresh), "Zuerst wird der Vertrag geprüft, dann einmal unterschrieben.")
    _refuse_future(on, "on")
    _refuse_future(partner_signed_on, "partner_signed_on")
    fresh.signed_by_id, fresh.signed_on = by.person_id, on
    fresh.partner_signer, fresh.partner_signed_on = partner_signer, partner_signed_on
    fresh.save()
    _sign_for_others(fresh, others or {})
    if fresh.replaces_id:
        _end_former(fresh.replaces, on)
    record(fresh, on=on)
    return fresh


def _sign_for_others(agreement: CooperationAgreement, others: Signatures) -> None:
    for party in agreement.parties.select_related("partner"):
        signer, on = others.get(party.partner.public_id, ("", None))
        refuse_if(not signer or on is None, f"Es fehlt die Unterschrift von {party.partner}.")
        _refuse_future(on, "on")
        party.signer, party.signed_on = signer, on
        party.save()


def _end_former(former: CooperationAgreement, on: date) -> None:
    former = locked(former)
    if former.is_running:
        _end(former, max(on, former.signed_on), CooperationEnd.REVISED)


def _end(agreement: CooperationAgreement, on: date, reason: CooperationEnd, note: str = "") -> None:
    agreement.ended_on, agreement.end_reason, agreement.end_note = on, reason, note
    agreement.save()
    _keep_scan_until(agreement)


def _keep_scan_until(agreement: CooperationAgreement) -> None:
    if agreement.has_scan:
        start_retention(files=[agreement.scan], on=agreement.last_day)


@action("cooperation.reviewed", "hat eine Kooperationsvereinbarung wieder besprochen")
def review_cooperation(
    *, by: Actor, agreement: CooperationAgreement, on: date, review_on: date | None = None
) -> CooperationAgreement:
    fresh = _fresh(by, agreement)
    refuse_if(not fresh.is_running, NOT_SIGNED)
    _refuse_future(on, "on")
    fresh.reviewed_on, fresh.review_on = on, review_on
    fresh.save()
    record(fresh, on=on)
    return fresh


@action("cooperation.revised", "hat eine neue Fassung einer Kooperationsvereinbarung begonnen")
def revise_cooperation(*, by: Actor, agreement: CooperationAgreement) -> CooperationAgreement:
    """A draft with the same words from today on; the version in force holds until the new one is signed."""
    old = _fresh(by, agreement)
    refuse_if(not old.is_running, NOT_SIGNED)
    is_begun = CooperationAgreement.objects.filter(replaces=old).exists()
    refuse_if(is_begun, "Eine neue Fassung ist schon in Vorbereitung.")
    today = timezone.localdate()
    copied = {name: getattr(old, name) for name in PARTS}
    copied["valid_to"] = old.valid_to if old.valid_to and old.valid_to >= today else None
    new = CooperationAgreement(
        organisation_id=old.organisation_id, partner_id=old.partner_id, kind=old.kind, version=old.version + 1,
        replaces=old, valid_from=today, **copied,
    )  # fmt: skip
    new.save()
    _set_parties(new, [party.partner for party in old.parties.select_related("partner")])
    record(new)
    return new


@action("cooperation.ended", "hat eine Kooperationsvereinbarung beendet")
def end_cooperation(
    *, by: Actor, agreement: CooperationAgreement, on: date, reason: CooperationEnd, note: str = ""
) -> CooperationAgreement:
    """By either side, at any time."""
    fresh = _fresh(by, agreement)
    refuse_if(not fresh.is_running, NOT_SIGNED)
    _refuse_future(on, "on")
    _end(fresh, on, reason, note)
    record(fresh, on=on, reason=str(reason))
    return fresh


@action("cooperation.scan_added", "hat eine unterschriebene Kooperationsvereinbarung abgelegt")
def add_cooperation_scan(*, by: Actor, agreement: CooperationAgreement, received: Received) -> CooperationAgreement:
    fresh = _fresh(by, agreement)
    refuse_if(fresh.signed_on is None, "Bitte zuerst festhalten, wer wann unterschrieben hat.", "file")
    refuse_if(fresh.has_scan, "Das unterschriebene Blatt liegt schon da.", "file")
    fresh.scan = keep_file(by=by, received=received, compartment=Compartment.EVIDENCE, retention="evidence")
    fresh.save()
    _keep_scan_until(fresh)
    record(fresh)
    return fresh


@action("cooperation.scan_deleted", "hat eine unterschriebene Kooperationsvereinbarung gelöscht")
def delete_cooperation_scan(*, by: Actor, agreement: CooperationAgreement, reason: DeletionReason) -> None:
    fresh = _fresh(by, agreement)
    refuse_if(not fresh.has_scan, "Hier liegt kein Blatt.")
    delete_file(by=by, stored=fresh.scan, reason=reason)
    record(fresh, reason=str(reason))
