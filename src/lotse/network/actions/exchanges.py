"""An exchange of data between two institutions: prepared, agreed to by both officers, in force, renewed, ended (DP-05)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed, require
from lotse.core.fields import FUTURE
from lotse.documents.actions import Received, delete_file, keep_file, start_retention
from lotse.documents.enums import Compartment, DeletionReason
from lotse.network import rules
from lotse.network.actions.alignment import led
from lotse.network.models import Alignment, AlignmentParty, ExchangeProcess
from lotse.organisations.actions.shared import change, locked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Membership, Person
from lotse.organisations.notices import notify

PARTS = ("party", "direction", "purpose", "categories", "legal_basis", "conditions", "valid_to")
WHO_SAYS_YES = "Ja sagt die*der Datenschutzbeauftragte des Hauses, und nie, wer den Austausch vorbereitet hat."
IN_FORCE = "Dieser Austausch ist schon in Kraft. Beginnen Sie eine neue Fassung, um ihn zu ändern."
NOT_IN_FORCE = "Dieser Austausch ist nicht in Kraft oder schon beendet."


def _draft(exchange: ExchangeProcess) -> ExchangeProcess:
    fresh = locked(exchange)
    refuse_if(fresh.activated_on is not None, IN_FORCE)
    return fresh


@action("exchange.drafted", "hat einen Datenaustausch vorbereitet")
def draft_exchange(*, by: Actor, alignment: Alignment, party: AlignmentParty, **given: Any) -> ExchangeProcess:
    fresh = led(by, alignment)
    if party.alignment_id != fresh.pk:
        raise ValidationError({"party": "Diese Einrichtung gehört nicht dazu."})
    made = ExchangeProcess(
        organisation_id=fresh.organisation_id, alignment=fresh, party=party, drafted_by_id=by.person_id, **given
    )
    made.save()
    _ask_officers(made)
    record(made, direction=str(made.direction))
    return made


def _ask_officers(exchange: ExchangeProcess) -> None:
    officers = Membership.objects.in_force(timezone.localdate()).filter(
        organisation_id=exchange.organisation_id, role=rules.OFFICER
    )
    people = Person.objects.filter(pk__in=officers.values("person_id")).exclude(pk=exchange.drafted_by_id)
    notify(people, "Ein Datenaustausch wartet auf Ihr Ja", "Bitte sehen Sie ihn sich an. Er steht auf „Heute“.")


@action("exchange.changed", "hat einen Datenaustausch geändert")
def change_exchange(
    *, by: Actor, exchange: ExchangeProcess, revision: int | None = None, **given: Any
) -> ExchangeProcess:
    """A yes holds for the words it was said to: who changes them asks both again."""
    led(by, exchange.alignment)
    fresh = _draft(exchange)
    refuse_if_changed(fresh, revision)
    changed = change(fresh, given)
    if changed:
        _ask_again(by, fresh)
    fresh.revision += 1
    fresh.save()
    record(fresh, fields=changed)
    return fresh


def _ask_again(by: Actor, exchange: ExchangeProcess) -> None:
    exchange.own_yes_by, exchange.own_yes_on = None, None
    exchange.objected_on, exchange.objection = None, ""
    _discard_sheet(by, exchange)
    exchange.other_yes_by, exchange.other_yes_on, exchange.scan = "", None, None
    exchange.drafted_by_id = by.person_id
    _ask_officers(exchange)


def _discard_sheet(by: Actor, exchange: ExchangeProcess) -> None:
    """A yes to other words: nobody would find it any more."""
    if exchange.scan is not None:
        delete_file(by=by, stored=exchange.scan, reason=DeletionReason.OWNER_GONE)


@action("exchange.dropped", "hat den Entwurf eines Datenaustauschs verworfen")
def drop_exchange(*, by: Actor, exchange: ExchangeProcess) -> None:
    led(by, exchange.alignment)
    fresh = _draft(exchange)
    record(fresh)
    _discard_sheet(by, fresh)
    fresh.delete()


@action("exchange.agreed", "hat als Datenschutzbeauftragte*r Ja zu einem Datenaustausch gesagt")
def agree_to_exchange(*, by: Actor, exchange: ExchangeProcess, revision: int | None = None) -> ExchangeProcess:
    fresh = _draft(exchange)
    require(rules.says_yes(by, fresh), WHO_SAYS_YES)
    refuse_if_changed(fresh, revision, "Der Text wurde inzwischen geändert. Bitte noch einmal lesen.")
    refuse_if(fresh.own_yes_on is not None, "Das Ja steht schon da.")
    fresh.own_yes_by_id, fresh.own_yes_on = by.person_id, timezone.localdate()
    fresh.objected_on, fresh.objection = None, ""
    return _agreed(fresh)


@action("exchange.objected", "hat als Datenschutzbeauftragte*r einem Datenaustausch noch nicht zugestimmt")
def object_to_exchange(*, by: Actor, exchange: ExchangeProcess, objection: str) -> ExchangeProcess:
    """Says what has to change first; a change asks anew."""
    fresh = _draft(exchange)
    require(rules.says_yes(by, fresh), WHO_SAYS_YES)
    refuse_if(not objection.strip(), "Bitte sagen, was noch fehlt.", "objection")
    fresh.own_yes_by, fresh.own_yes_on = None, None
    fresh.objected_on, fresh.objection = timezone.localdate(), objection
    fresh.save()
    notify([fresh.alignment.contact], "Datenaustausch: noch kein Ja", f"Zu „{fresh.purpose}“ fehlt noch etwas.")
    record(fresh)
    return fresh


@action("exchange.agreed_there", "hat das Ja der anderen Seite zu einem Datenaustausch festgehalten")
def record_other_yes(
    *, by: Actor, exchange: ExchangeProcess, officer: str, on: date, received: Received
) -> ExchangeProcess:
    """With who said it there, when, and the sheet."""
    led(by, exchange.alignment)
    fresh = _draft(exchange)
    refuse_if(fresh.other_yes_on is not None, "Das Ja steht schon da.")
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    fresh.scan = keep_file(by=by, received=received, compartment=Compartment.EVIDENCE, retention="evidence")
    fresh.other_yes_by, fresh.other_yes_on = officer.strip(), on
    return _agreed(fresh)


def _agreed(exchange: ExchangeProcess) -> ExchangeProcess:
    """The second yes puts it in force, and the one before it out of force (DP-05)."""
    if rules.may_take_effect(exchange):
        exchange.activated_on = timezone.localdate()
        if exchange.replaces_id:
            _end(locked(exchange.replaces), max(exchange.valid_from, exchange.activated_on))
    exchange.save()
    record(exchange, activated_on=exchange.activated_on)
    return exchange


def _end(exchange: ExchangeProcess, on: date, note: str = "") -> None:
    if exchange.ended_on is None:
        exchange.ended_on, exchange.end_note = on, note
        exchange.save()
        start_retention(files=[exchange.scan] if exchange.scan else [], on=on)


@action("exchange.renewed", "hat eine neue Fassung eines Datenaustauschs begonnen")
def renew_exchange(*, by: Actor, exchange: ExchangeProcess) -> ExchangeProcess:
    """A draft with the same words from today on; the one in force holds until both officers have agreed to the new one."""
    led(by, exchange.alignment)
    old = locked(exchange)
    refuse_if(old.activated_on is None or old.ended_on is not None, NOT_IN_FORCE)
    refuse_if(ExchangeProcess.objects.filter(replaces=old).exists(), "Eine neue Fassung ist schon in Vorbereitung.")
    copied = {name: getattr(old, name) for name in PARTS if name != "valid_to"}
    made = ExchangeProcess(
        organisation_id=old.organisation_id, alignment_id=old.alignment_id, drafted_by_id=by.person_id, replaces=old,
        valid_from=timezone.localdate(), **copied,
    )  # fmt: skip
    made.save()
    _ask_officers(made)
    record(made)
    return made


@action("exchange.ended", "hat einen Datenaustausch beendet")
def end_exchange(*, by: Actor, exchange: ExchangeProcess, note: str) -> ExchangeProcess:
    """At once: by who leads the alignment, and by the officer, who may take back her yes."""
    fresh = locked(exchange)
    is_officer = rules.looks_after_data(by, fresh.organisation_id)
    require(is_officer or rules.leads_alignment(by, fresh.alignment), WHO_SAYS_YES)
    refuse_if(fresh.activated_on is None or fresh.ended_on is not None, NOT_IN_FORCE)
    refuse_if(not note.strip(), "Bitte den Grund angeben.", "note")
    _end(fresh, timezone.localdate(), note)
    record(fresh, on=fresh.ended_on)
    return fresh
