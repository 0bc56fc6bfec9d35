"""What of mandates, ways and agreements on data waits for her, read on "Heute" with all the rest (core/lines.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from lotse.core.lines import Found, Line, Part, lines_of
from lotse.network import rules
from lotse.network.guides import guide
from lotse.network.models import Alignment, ProcessStep
from lotse.network.queries.alignment import exchanges_to_do
from lotse.network.queries.mandates import SOON, ending_soon, without_mandate
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

AHEAD = timedelta(days=7)
MOST = 20


@dataclass(frozen=True)
class Duty:
    """`what` says what to do, `title` with what."""

    what: str
    title: str
    url: str
    on: date

    def is_late(self, today: date) -> bool:
        return self.on < today


def duty_lines(actor: Actor, today: date) -> list[Part]:
    ending, day = ending_soon(today + SOON), F("valid_to")
    parts = [
        lines_of("own_mandate", ending.filter(person_id=actor.person_id), words=F("format__name"), day=day),
        lines_of("step", _my_steps(actor, today), words=_words_of_step(), day=F("due_on")),
        lines_of("alignment", _my_alignments(actor, today), words=F("title"), day=F("done_by")),
        lines_of("exchange", _exchanges(actor, today), words=F("purpose"), day=F("valid_from")),
    ]
    if actor.may(Permission.GRANT_MANDATES):
        of_house = ending.filter(organisation_id=actor.organisation_id).exclude(person_id=actor.person_id)
        parts.append(lines_of("mandate", of_house, words=_words_of_mandate(), day=day))
    if actor.may(Permission.ORGANISE_NETWORK):
        named = Concat(F("name"), Value(", "), F("format__name"), output_field=CharField())
        now = Cast(Value(f"{today}"), DateField())
        parts.append(lines_of("missing", without_mandate(actor, today), words=named, day=now))
    return parts


def duties_in(found: Found) -> list[Duty]:
    """The next to be done first."""
    lines = [line for kind in KINDS for line in found[kind]]
    return [_duty(line) for line in sorted(lines, key=lambda line: line.day)[:MOST]]


def _my_steps(actor: Actor, today: date) -> QuerySet[ProcessStep]:
    rows = ProcessStep.objects.filter(responsible_id=actor.person_id, organisation_id=actor.organisation_id)
    return rows.filter(done_on=None, due_on__lte=today + AHEAD, process__ended_on=None)


def _words_of_step() -> Concat:
    return Concat(F("process__kind"), Value("|"), F("process__version"), Value("|"), F("key"), output_field=CharField())


def _words_of_mandate() -> Concat:
    who = (F("person__first_name"), Value(" "), F("person__last_name"))
    return Concat(*who, Value(", "), F("format__name"), output_field=CharField())


def _my_alignments(actor: Actor, today: date) -> QuerySet[Alignment]:
    rows = Alignment.objects.filter(contact_id=actor.person_id, organisation_id=actor.organisation_id, ended_on=None)
    return rows.filter(Q(done_by__lte=today + AHEAD) | Q(clear_by__lte=today + AHEAD, exchanges=None))


def _exchanges(actor: Actor, today: date) -> QuerySet:
    return exchanges_to_do(actor, rules.looks_after_data(actor, actor.organisation_id), today)


def _step_title(text: str) -> str:
    kind, version, key = text.split("|")
    item = guide(kind, version).item(key)
    return item.title if item else key


# Kind → what to do, the page, and how the words are read.
KINDS: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "own_mandate": ("Mein Mandat läuft aus", "network:mandates", str),
    "mandate": ("Mandat läuft aus", "network:mandates", str),
    "missing": ("Ohne Mandat im Format", "network:mandates", str),
    "step": ("Schritt der Optimierung", "network:step", _step_title),
    "alignment": ("Datenaustausch klären", "network:alignment", str),
    "exchange": ("Datenaustausch prüfen", "network:exchange", str),
}


def _duty(line: Line) -> Duty:
    what, name, read = KINDS[line.kind]
    is_list = name == "network:mandates"
    return Duty(what, read(line.words), reverse(name) if is_list else reverse(name, args=[line.ref]), line.day)
