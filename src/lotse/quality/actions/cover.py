"""The deputy plan and the emergency list."""

from typing import Any

from lotse.auditlog.door import action, record
from lotse.organisations.actions.shared import locked, next_place, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality.actions.duty import of_house, planned
from lotse.quality.models import EmergencyContact, StandIn


@action("stand_in.entered", "hat eine Vertretung in den Vertretungsplan eingetragen")
def enter_stand_in(*, by: Actor, organisation: Organisation, **values: Any) -> StandIn:
    planned(by, organisation)
    of_house(organisation, person=values["person"], deputy=values["deputy"])
    made = save_checked(StandIn(organisation=organisation, **values))
    record(made, valid_from=made.valid_from, valid_to=made.valid_to)
    return made


@action("stand_in.changed", "hat den Vertretungsplan geändert")
def change_stand_in(*, by: Actor, stand_in: StandIn, revision: int | None = None, **values: Any) -> StandIn:
    planned(by, stand_in.organisation)
    of_house(stand_in.organisation, person=values.get("person"), deputy=values.get("deputy"))
    fresh = locked(stand_in)
    record(fresh, fields=revise(fresh, values, revision))
    return fresh


@action("emergency_contact.added", "hat die Notfallliste ergänzt")
def add_contact(*, by: Actor, organisation: Organisation, **values: Any) -> EmergencyContact:
    planned(by, organisation)
    locked(organisation)
    position = next_place(EmergencyContact.objects.filter(organisation=organisation))
    made = save_checked(EmergencyContact(organisation=organisation, position=position, **values))
    record(made)
    return made


@action("emergency_contact.changed", "hat die Notfallliste geändert")
def change_contact(
    *, by: Actor, contact: EmergencyContact, revision: int | None = None, **values: Any
) -> EmergencyContact:
    planned(by, contact.organisation)
    fresh = locked(contact)
    record(fresh, fields=revise(fresh, values, revision))
    return fresh


@action("emergency_contact.removed", "hat eine Zeile der Notfallliste entfernt")
def remove_contact(*, by: Actor, contact: EmergencyContact) -> None:
    planned(by, contact.organisation)
    record(contact)
    contact.delete()
