"""What agencies did, in figures: measures, participants, hours of volunteers, proofs (model.md §8.4).

Nobody's file stands behind them (D-27), so they are shown as they are. Who sees an agency's measures counts them.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value
from django.urls import reverse

from lotse.agency.enums import MeasureState
from lotse.agency.models import Deployment, Measure
from lotse.agency.queries.measures import has_proof
from lotse.catalogues.loader import label
from lotse.facts.defined import YES_NO, Counted, choice, facts_of, seen
from lotse.facts.registry import Line, Period, Population, register
from lotse.facts.registry import Measure as AddsUp
from lotse.organisations.actor import Actor
from lotse.organisations.enums import ActionField

PROGRAMME = "ia"
NOWHERE = Value(0, output_field=IntegerField())


def _measures(actor: Actor, period: Period) -> QuerySet[Measure]:
    within = Measure.objects.filter(on__gte=period.start, on__lte=period.end)
    return within.visible_to(actor).annotate(nowhere=NOWHERE)


def _held(actor: Actor, period: Period) -> QuerySet[Measure]:
    return _measures(actor, period).filter(state=MeasureState.HELD)


def _counted(column: str) -> Callable[[Actor, Period], QuerySet[Measure]]:
    return lambda actor, period: _held(actor, period).filter(**{f"{column}__isnull": False})


def _deployments(actor: Actor, period: Period) -> QuerySet[Deployment]:
    within = Deployment.objects.filter(on__gte=period.start, on__lte=period.end)
    return within.visible_to(actor).annotate(nowhere=NOWHERE)


def _population(key: str, countable: Any, line: Any, visible: Any, **more: Any) -> Population:
    return Population(
        f"agency.{key}", countable, visible, line, site="nowhere", programme="nowhere", holds_files=False, of_house=True,
        **more,
    )  # fmt: skip


def _line(row: Measure) -> Line:
    return Line(row.title, row.on, row.place, reverse("agency:measure", args=[row.public_id]))


def _time_line(row: Deployment) -> Line:
    """Without the name: it is for who works in the agency."""
    url = reverse("agency:measure", args=[row.measure.public_id]) if row.measure else ""
    return Line(row.what or "Einsatz", row.on, row.measure.title if row.measure else "", url)


def _fixed(name: str) -> Callable[[Period], Any]:
    return lambda _period: F(name)


def _kind(key: str) -> str:
    return label("measure_kind", key)


def _has_task(_period: Period) -> Case:
    return choice((Q(task=None), "no"), otherwise="yes")


def _has_proof(_period: Period) -> Case:
    return choice((Q(has_proof()), "yes"), otherwise="no")


def _at_measure(_period: Period) -> Case:
    return choice((Q(measure=None), "apart"), otherwise="measure")


def _of_measures(key: str, countable: Any, **more: Any) -> Population:
    return _population(key, countable, _line, seen(Measure), **more)


def _by_field(column: str) -> Counted:
    return Counted(_of_measures(column, _counted(column), weight=column), _fixed("field"), FIELDS)


HOURS = AddsUp("Stunden", F("minutes"))
STATES = {state.value: state.label for state in MeasureState}
FIELDS = {field.value: field.label for field in ActionField}
HELD = _of_measures("held", _held)
TIME = _population("time", _deployments, _time_line, seen(Deployment), related=("measure",), measure=HOURS)
COUNTED = {
    "held": Counted(_of_measures("measures", _measures), _fixed("state"), STATES),
    "by_kind": Counted(HELD, _fixed("kind"), _kind),
    "by_field": Counted(HELD, _fixed("field"), FIELDS),
    "participants": _by_field("participants"),
    "volunteers": _by_field("volunteers"),
    "volunteer_hours": Counted(TIME, _at_measure, {"measure": "bei einer Maßnahme", "apart": "sonst"}),
    "planned": Counted(HELD, _has_task, YES_NO),
    "proven": Counted(HELD, _has_proof, YES_NO),
}


def register_facts() -> None:
    for found in facts_of("measures", COUNTED, sheet="measures", programme=PROGRAMME):
        register(found)
