"""How an alignment on data protection goes: who takes part, anonymous examples, what holds where, and its days (§6.4)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.fields import FUTURE
from lotse.network import rules
from lotse.network.models import Alignment, AlignmentParty, PracticeExample, RuleStatement
from lotse.organisations.actions.shared import locked, revise
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.partners.models import Partner

WHO_TOLD = "Ein Beispiel ändert, wer es aufgeschrieben hat."
WHO_LEADS = "Das macht die Ansprechperson oder wer das Netzwerk steuert."
OVER = "Diese Abstimmung ist abgeschlossen."
STRANGER = "Bitte jemanden aus dem eigenen Haus wählen."


def led(by: Actor, alignment: Alignment) -> Alignment:
    """Locked, for who leads it, while it runs. Also for what is agreed within it."""
    fresh = locked(alignment)
    require(rules.leads_alignment(by, fresh), WHO_LEADS)
    refuse_if(fresh.ended_on is not None, OVER)
    return fresh


@action("alignment.begun", "hat eine Abstimmung zum Datenschutz begonnen")
def begin_alignment(*, by: Actor, contact: Person, **given: Any) -> Alignment:
    require(rules.steers(by, by.organisation_id) or rules.looks_after_data(by, by.organisation_id), WHO_LEADS)
    refuse_if(contact.organisation_id != by.organisation_id, STRANGER, "contact")
    made = Alignment(organisation_id=by.organisation_id, contact=contact, begun_on=timezone.localdate(), **given)
    made.save()
    record(made, clear_by=made.clear_by, done_by=made.done_by)
    return made


@action("alignment.changed", "hat eine Abstimmung zum Datenschutz geändert")
def change_alignment(*, by: Actor, alignment: Alignment, revision: int | None = None, **given: Any) -> Alignment:
    fresh = led(by, alignment)
    contact = given.get("contact", fresh.contact)
    refuse_if(contact.organisation_id != by.organisation_id, STRANGER, "contact")
    changed = revise(fresh, given, revision)
    record(fresh, fields=changed)
    return fresh


@action("alignment.ended", "hat eine Abstimmung zum Datenschutz abgeschlossen")
def end_alignment(*, by: Actor, alignment: Alignment, on: date) -> Alignment:
    """What was agreed in it goes on holding."""
    fresh = led(by, alignment)
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    refuse_if(on < fresh.begun_on, "Das liegt vor dem Beginn.", "on")
    fresh.ended_on = on
    fresh.save()
    record(fresh, on=on)
    return fresh


@action("alignment.party_added", "hat eine Einrichtung zu einer Abstimmung hinzugefügt")
def add_party(
    *, by: Actor, alignment: Alignment, name: str, officer: str = "", partner: Partner | None = None
) -> AlignmentParty:
    fresh = led(by, alignment)
    made = AlignmentParty(
        organisation_id=fresh.organisation_id, alignment=fresh, name=name.strip(), officer=officer.strip(), partner=partner
    )  # fmt: skip
    made.save()
    record(made)
    return made


@action("alignment.example_told", "hat ein Praxisbeispiel aufgeschrieben")
def tell_example(
    *, by: Actor, alignment: Alignment, text: str, hindered: str = "", warnings: Collection[str] = ()
) -> PracticeExample:
    """By whoever works in the house. `warnings`: words that are names of clients, and that she let stand (DP-06)."""
    fresh = locked(alignment)
    require(rules.enters(by) and fresh.organisation_id == by.organisation_id)
    refuse_if(fresh.ended_on is not None, OVER)
    made = PracticeExample(
        organisation_id=fresh.organisation_id, alignment=fresh, text=text, hindered=hindered, written_by_id=by.person_id
    )  # fmt: skip
    made.save()
    record(made, warnings=warnings)
    return made


@action("alignment.example_changed", "hat ein Praxisbeispiel geändert")
def change_example(
    *, by: Actor, example: PracticeExample, revision: int | None = None, warnings: Collection[str] = (), **given: Any
) -> PracticeExample:
    """By who told it, while the alignment runs; whoever leads may only take it out."""
    fresh = locked(example)
    require(fresh.written_by_id == by.person_id, WHO_TOLD)
    refuse_if(fresh.alignment.ended_on is not None, OVER)
    changed = revise(fresh, given, revision)
    record(fresh, fields=changed, warnings=warnings)
    return fresh


@action("alignment.example_removed", "hat ein Praxisbeispiel gelöscht")
def remove_example(*, by: Actor, example: PracticeExample) -> None:
    is_hers = example.written_by_id == by.person_id
    require(is_hers or rules.leads_alignment(by, example.alignment), WHO_LEADS)
    record(example)
    example.delete()


@action("alignment.rule_stated", "hat eine Regel einer Einrichtung festgehalten")
def state_rule(
    *, by: Actor, alignment: Alignment, subject: str, text: str, party: AlignmentParty | None = None, aligned: str = ""
) -> RuleStatement:
    fresh = led(by, alignment)
    _refuse_elsewhere(fresh, party)
    made = RuleStatement(
        organisation_id=fresh.organisation_id, alignment=fresh, party=party, subject=subject.strip(), text=text, aligned=aligned
    )  # fmt: skip
    made.save()
    record(made)
    return made


def _refuse_elsewhere(alignment: Alignment, party: AlignmentParty | None) -> None:
    if party is not None and party.alignment_id != alignment.pk:
        raise ValidationError({"party": "Diese Einrichtung gehört nicht dazu."})


@action("alignment.rule_changed", "hat eine Regel einer Einrichtung geändert")
def change_rule(*, by: Actor, statement: RuleStatement, revision: int | None = None, **given: Any) -> RuleStatement:
    led(by, statement.alignment)
    fresh = locked(statement)
    _refuse_elsewhere(fresh.alignment, given.get("party"))
    changed = revise(fresh, given, revision)
    record(fresh, fields=changed)
    return fresh
