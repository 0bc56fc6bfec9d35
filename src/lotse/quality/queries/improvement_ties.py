"""What must be in other hands before somebody leaves."""

from lotse.organisations.models import Person
from lotse.organisations.ties import Hanging
from lotse.quality.enums import ImprovementState
from lotse.quality.models import Complaint, Improvement


def improvements_of(person: Person) -> Hanging:
    """What is done only waits for another."""
    to_do = (ImprovementState.PLANNED, ImprovementState.IN_WORK)
    return Hanging(
        "offene Verbesserung", "offene Verbesserungen", (Improvement.objects.filter(owner=person, state__in=to_do),)
    )


def complaints_of(person: Person) -> Hanging:
    rows = Complaint.objects.filter(handled_by=person).unanswered()
    return Hanging("Rückmeldung ohne Antwort", "Rückmeldungen ohne Antwort", (rows,))
