"""Opening one file to one more colleague: two persons decide, and the person responsible never stands aside."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.casework import rules
from lotse.casework.actions.file import open_file, save_checked
from lotse.casework.models import Client, FileAssignment
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.organisations.notices import notify


@action("file.assignment_requested", "hat einen Aktenzugriff beantragt")
def request_assignment(
    *, by: Actor, client: Client, person: Person, reason: str, valid_from: date, valid_to: date | None = None
) -> FileAssignment:
    """Asked by whoever holds the file; opens nothing yet."""
    fresh = open_file(by, client)
    refuse_if(person.pk == by.person_id, "Niemand öffnet sich selbst eine Akte.", "person")
    require(person.organisation_id == fresh.organisation_id)
    waiting = fresh.assignments.filter(person=person, confirmed_at=None, is_emergency=False)
    refuse_if(waiting.exists(), "Für diese Person ist der Zugriff schon beantragt.", "person")
    assignment = FileAssignment(
        organisation_id=fresh.organisation_id,
        client=fresh,
        person=person,
        reason=reason,
        valid_from=valid_from,
        valid_to=valid_to,
        needs_confirmation=True,
        granted_by_id=by.person_id,
    )
    save_checked(assignment)
    record(assignment, file=fresh)
    return assignment


@action("file.assignment_confirmed", "hat einen Aktenzugriff bestätigt")
def confirm_assignment(*, by: Actor, assignment: FileAssignment) -> FileAssignment:
    """The second person: technical lead or carrier management, neither who asked nor who gains."""
    require(rules.may_check(by, assignment), "Bestätigen muss eine zweite Person.")
    require(not assignment.is_emergency, "Einblick im Notfall erlauben Fachleitung oder Datenschutz.")
    fresh = FileAssignment.objects.select_for_update().get(pk=assignment.pk)
    refuse_if(fresh.confirmed_at is not None, "Das hat schon jemand bestätigt.")
    fresh.confirmed_by_id, fresh.confirmed_at = by.person_id, timezone.now()
    save_checked(fresh)
    record(fresh, file=fresh.client)
    told = f"Die Akte {fresh.client.number} ist jetzt auch für {fresh.person} geöffnet."
    notify([fresh.person, fresh.client.responsible], "Akte geöffnet", told)
    return fresh


@action("file.assignment_ended", "hat einen Aktenzugriff beendet")
def end_assignment(*, by: Actor, assignment: FileAssignment, on: date) -> FileAssignment:
    """By whoever holds the file; it counts until the end of the day, in an emergency until now."""
    client = open_file(by, assignment.client)
    fresh = FileAssignment.objects.select_for_update().get(pk=assignment.pk)
    refuse_if(fresh.valid_to is not None and fresh.valid_to < on, "Dieser Zugriff ist schon beendet.")
    fresh.valid_to = on
    if fresh.opens_until:
        fresh.opens_until = min(fresh.opens_until, timezone.now())
    save_checked(fresh)
    record(fresh, file=client)
    return fresh
