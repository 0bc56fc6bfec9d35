"""What of the network somebody hands over before she leaves."""

from django.utils import timezone

from lotse.network.models import Alignment, Mandate, Process, ProcessStep
from lotse.organisations.models import Person
from lotse.organisations.ties import Tie, register_tie


def running_mandates(person: Person) -> Tie:
    rows = Mandate.objects.filter(person=person, valid_to__gte=timezone.localdate())
    return Tie("laufende Mandate", rows.count())


def open_ways(person: Person) -> Tie:
    """What she leads or sees to."""
    led = Process.objects.filter(lead=person, ended_on=None).count()
    led += Alignment.objects.filter(contact=person, ended_on=None).count()
    steps = ProcessStep.objects.filter(responsible=person, done_on=None, process__ended_on=None).count()
    return Tie("offene Aufgaben im Netzwerk", led + steps)


def register_ties() -> None:
    register_tie(running_mandates)
    register_tie(open_ways)
