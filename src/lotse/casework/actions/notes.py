"""Appointments without a file go along with a caseload: offered, accepted and undone with it (VT-04)."""

from lotse.auditlog.door import action, record_each
from lotse.casework.models import AppointmentNote, CaseloadTransfer
from lotse.casework.queries.notes import notes_of, notes_to_pass_on
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person


def pin_notes(by: Actor, transfer: CaseloadTransfer, person: Person) -> int:
    """Inside the offer: what lies there now. It stays in her calendar until somebody accepts."""
    rows = notes_to_pass_on(by, person).values_list("pk", flat=True)
    return person.appointment_notes.filter(pk__in=list(rows)).update(transfer=transfer)


def move_notes(*, by: Actor, transfer: CaseloadTransfer, to: Person) -> int:
    """Inside the answer, before the transfer says what was decided."""
    notes = list(notes_of(transfer).select_for_update(of=("self",)).order_by("pk"))
    if notes:
        _pass_on(by=by, notes=notes, to=to)
    return len(notes)


@action("appointment.passed_on", "hat einen Terminvermerk übergeben")
def _pass_on(*, by: Actor, notes: list[AppointmentNote], to: Person) -> None:
    AppointmentNote.objects.filter(pk__in=[note.pk for note in notes]).update(owner=to)
    record_each(notes)
