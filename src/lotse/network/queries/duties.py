"""What of mandates, ways and agreements on data waits for her: one statement for all, read on "Heute"."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

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


def network_duties(actor: Actor, today: date) -> list[Duty]:
    """The next to be done first; nothing and no statement for who is not inside."""
    if not rules.enters(actor):
        return []
    first, *others = _parts(actor, today)
    rows = first.union(*others, all=True).order_by("day")[:MOST]
    return [_duty(*row) for row in rows]


def _parts(actor: Actor, today: date) -> list[QuerySet]:
    ending = ending_soon(today + SOON)
    parts = [
        _named("own_mandate", ending.filter(person_id=actor.person_id), F("format__name"), F("valid_to")),
        _named("step", _my_steps(actor, today), _words_of_step(), F("due_on")),
        _named("alignment", _my_alignments(actor, today), F("title"), F("done_by")),
        _named("exchange", _exchanges(actor, today), F("purpose"), F("valid_from")),
    ]
    if actor.may(Permission.GRANT_MANDATES):
        of_house = ending.filter(organisation_id=actor.organisation_id).exclude(person_id=actor.person_id)
        parts.append(_named("mandate", of_house, _words_of_mandate(), F("valid_to")))
    if actor.may(Permission.ORGANISE_NETWORK):
        named = Concat(F("name"), Value(", "), F("format__name"), output_field=CharField())
        parts.append(_named("missing", without_mandate(actor, today), named, Cast(Value(f"{today}"), DateField())))
    return parts


def _named(kind: str, rows: QuerySet, title: object, day: object) -> QuerySet:
    named = rows.order_by().annotate(duty=Value(kind, CharField()), words=title, day=day)
    return named.values_list("duty", "public_id", "words", "day")


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


def _duty(kind: str, public_id: str, words: str, day: date) -> Duty:
    what, name, read = KINDS[kind]
    is_list = name == "network:mandates"
    return Duty(what, read(words), reverse(name) if is_list else reverse(name, args=[public_id]), day)
