"""What somebody must hand over before she leaves. Asked here, because only this floor knows people and files."""

from lotse.casework.models import CounsellingCase
from lotse.organisations.models import Person
from lotse.organisations.ties import Tie


def open_cases_of(person: Person) -> Tie:
    """A number without names: nobody is left without a responsible person."""
    count = CounsellingCase.objects.filter(responsible=person, ended_on=None).count()
    return Tie("offener Fall" if count == 1 else "offene Fälle", count)
