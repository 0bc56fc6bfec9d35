from lotse.casework.models import CounsellingCase
from lotse.casework.queries.notes import coming_notes
from lotse.organisations.models import Person
from lotse.organisations.ties import Hanging


def open_cases_of(person: Person) -> Hanging:
    """A number without names: nobody is left without a responsible person."""
    rows = CounsellingCase.objects.filter(responsible=person, ended_on=None)
    return Hanging("offener Fall", "offene Fälle", (rows,))


def coming_notes_of(person: Person) -> Hanging:
    """Whoever has been promised an appointment meets somebody."""
    return Hanging("Termin ohne Akte", "Termine ohne Akte", (coming_notes().filter(owner=person),))
