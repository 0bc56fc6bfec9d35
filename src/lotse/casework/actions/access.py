"""Opening one file to one more colleague: two persons decide, and the person responsible never stands aside."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.casework.actions.file import open_file, save_checked
from lotse.casework.models import Client, FileAssignment
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Deputy, Person


@action("file.assignment_requested", "hat einen Aktenzugriff beantragt")
def request_assignment(
    *, by: Actor, client: Client, person: Person, reason: str, valid_from: date, valid_to: date | None = None
) -> FileAssignment:
    """Asked by whoever holds the file; opens nothing yet."""
    fresh = open_file(by, client)
    refuse_if(person.pk == by.person_id, "Niemand öffnet sich selbst eine Akte.", "person")
    require(person.organisation_id == fresh.organisation_id)
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
    require(by.may(Permission.CONFIRM_FILE_ACCESS) and assignment.organisation_id == by.organisation_id)
    require(by.person_id not in (assignment.granted_by_id, assignment.person_id), "Bestätigen muss eine zweite Person.")
    assignment.confirmed_by_id, assignment.confirmed_at = by.person_id, timezone.now()
    save_checked(assignment)
    record(assignment, file=assignment.client)
    return assignment


@action("file.assignment_ended", "hat einen Aktenzugriff beendet")
def end_assignment(*, by: Actor, assignment: FileAssignment, on: date) -> FileAssignment:
    client = open_file(by, assignment.client)
    assignment.valid_to = on
    save_checked(assignment)
    record(assignment, file=client)
    return assignment


@action("client.responsibility_passed", "hat die Zuständigkeit übergeben")
def pass_responsibility(*, by: Actor, client: Client, to: Person) -> Client:
    """To a colleague for whom a second person has already opened the file; every open case goes along, without a gap."""
    fresh = open_file(by, client)
    refuse_if(not _may_already_open(fresh, to), "Für diese Person muss der Aktenzugriff zuerst bestätigt sein.", "to")
    fresh.responsible = to
    fresh.save()
    fresh.cases.filter(ended_on=None).update(responsible=to)
    record(fresh, file=fresh, fields=["responsible"])
    return fresh


def _may_already_open(client: Client, person: Person) -> bool:
    today = timezone.localdate()
    assigned = FileAssignment.objects.in_force(today).filter(client=client, person=person)
    stands_in = Deputy.objects.in_force(today).filter(Q(person_id=client.responsible_id), deputy=person)
    return assigned.exists() or stands_in.exists()
