"""What somebody must hand over before she leaves. Asked here, because only this floor knows people and files."""

from lotse.casework.models import CounsellingCase
from lotse.casework.queries.notes import coming_notes
from lotse.organisations.models import Person
from lotse.organisations.ties import Tie


def open_cases_of(person: Person) -> Tie:
    """A number without names: nobody is left without a responsible person."""
    count = CounsellingCase.objects.filter(responsible=person, ended_on=None).count()
    return Tie("offener Fall" if count == 1 else "offene Fälle", count)


def coming_notes_of(person: Person) -> Tie:
    """Whoever has been promised an appointment meets somebody."""
    count = coming_notes().filter(owner=person).count()
    return Tie("Termin ohne Akte" if count == 1 else "Termine ohne Akte", count)
