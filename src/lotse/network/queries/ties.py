"""What of the network somebody hands over before she leaves."""

from django.utils import timezone

from lotse.network.models import Alignment, Mandate, Process, ProcessStep
from lotse.organisations.models import Person
from lotse.organisations.ties import Hanging, register_tie


def running_mandates(person: Person) -> Hanging:
    rows = Mandate.objects.filter(person=person, valid_to__gte=timezone.localdate())
    return Hanging("laufendes Mandat", "laufende Mandate", (rows,))


def open_ways(person: Person) -> Hanging:
    """What she leads or sees to."""
    ways = Process.objects.filter(lead=person, ended_on=None)
    alignments = Alignment.objects.filter(contact=person, ended_on=None)
    steps = ProcessStep.objects.filter(responsible=person, done_on=None, process__ended_on=None)
    return Hanging("offene Aufgabe im Netzwerk", "offene Aufgaben im Netzwerk", (ways, alignments, steps))


def register_ties() -> None:
    register_tie(running_mandates)
    register_tie(open_ways)
