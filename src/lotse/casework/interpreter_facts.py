"""The figures of interpreting: appointments and hours, by language and by how it was done."""

from functools import partial

from django.db.models import Case, CharField, F, IntegerField, Value, When
from django.db.models.functions import Cast, Round
from django.utils.timezone import localdate

from lotse.casework.enums import AppointmentPlace
from lotse.casework.facts import SOURCE, file_line, with_interpreter, words_of
from lotse.casework.open_files import in_open_file
from lotse.facts.registry import Fact, Measure, Period, Population, register

INTERPRETED = Population(
    "interpreted",
    with_interpreter,
    in_open_file,
    lambda row: file_line(row.client, localdate(row.starts_at), row.site.name),
    programme="programme",
    related=("client", "site"),
    measure=Measure("Stunden", Cast(Round(F("interpreter_used") * 60), IntegerField())),
)


def _recorded(column: str) -> Case:
    """Hours that nobody has written down are not recorded, never zero."""
    return Case(When(interpreter_used=None, then=Value("")), default=F(column), output_field=CharField())


def language(_period: Period) -> Case:
    return _recorded("interpreter_language")


def kind(_period: Period) -> Case:
    return _recorded("place")


DEFINITION = (
    "Termine mit Sprachmittlung im Zeitraum und ihre geleisteten Stunden. "
    "Abgesagte zählen, wenn sie bezahlt wurden; ohne Stunden ist ein Termin nicht erhoben."
)
_fact = partial(
    Fact, unit="Termine", definition=DEFINITION, source=SOURCE, population=INTERPRETED, same_missing="interpreting"
)
FACTS = (
    _fact(key="interpreting.language", title="Sprachmittlung nach Sprache", cell=language, words=words_of("language")),
    _fact(
        key="interpreting.kind",
        title="Sprachmittlung nach Art",
        cell=kind,
        keys=tuple(AppointmentPlace.values),
        words=lambda key: AppointmentPlace(key).label,
    ),
)


def register_facts() -> None:
    for fact in FACTS:
        register(fact)
