"""What agencies did, in figures: measures, participants, hours of volunteers, proofs (model.md §8.4).

Nobody's file stands behind them (D-27), so they are shown as they are. Who sees an agency's measures counts them.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value
from django.urls import reverse

from lotse.agency.enums import MeasureState
from lotse.agency.models import Deployment, Measure
from lotse.agency.queries.measures import has_proof
from lotse.catalogues.loader import label
from lotse.facts.defined import YES_NO, Counted, choice, facts_of, seen
from lotse.facts.registry import Line, Period, Population, Question, fact, register
from lotse.facts.registry import Measure as AddsUp
from lotse.facts.results import Result, evaluate
from lotse.organisations.actor import Actor
from lotse.organisations.enums import ActionField
from lotse.organisations.models import Organisation

PROGRAMME = "ia"
NOWHERE = Value(0, output_field=IntegerField())


def _measures(actor: Actor, period: Period) -> QuerySet[Measure]:
    within = Measure.objects.filter(on__gte=period.start, on__lte=period.end)
    return within.visible_to(actor).annotate(nowhere=NOWHERE)


def _held(actor: Actor, period: Period) -> QuerySet[Measure]:
    return _measures(actor, period).filter(state=MeasureState.HELD)


def _counted(actor: Actor, period: Period) -> QuerySet[Measure]:
    return _held(actor, period).filter(participants__isnull=False)


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


HOURS = AddsUp("Stunden", F("minutes"))
STATES = {state.value: state.label for state in MeasureState}
FIELDS = {field.value: field.label for field in ActionField}
HELD = _of_measures("held", _held)
TIME = _population("time", _deployments, _time_line, seen(Deployment), related=("measure",), measure=HOURS)
COUNTED = {
    "held": Counted(_of_measures("measures", _measures), _fixed("state"), STATES),
    "by_kind": Counted(HELD, _fixed("kind"), _kind),
    "by_field": Counted(HELD, _fixed("field"), FIELDS),
    "participants": Counted(_of_measures("participants", _counted, weight="participants"), _fixed("field"), FIELDS),
    "volunteer_hours": Counted(TIME, _at_measure, {"measure": "bei einer Maßnahme", "apart": "sonst"}),
    "planned": Counted(HELD, _has_task, YES_NO),
    "proven": Counted(HELD, _has_proof, YES_NO),
}


def register_facts() -> None:
    for found in facts_of("measures", COUNTED, sheet="measures", programme=PROGRAMME):
        register(found)


def of_agency(actor: Actor, agency: Organisation, year: int, keys: Sequence[str] = tuple(COUNTED)) -> dict[str, Result]:
    """The figures of one agency in a year, by their short keys, for its report and its page."""
    question = Question(_at(actor, agency), Period(date(year, 1, 1), date(year, 12, 31)))
    results = evaluate([fact(f"measures.{key}") for key in keys], question)
    return {result.fact.key.removeprefix("measures."): result for result in results}


def _at(actor: Actor, agency: Organisation) -> Actor:
    """The same actor, who for this question sees nothing but this agency, and that only where she does anyway."""

    def here(paths: frozenset[str]) -> frozenset[str]:
        return frozenset({agency.path}) if agency.path.startswith(tuple(paths)) else frozenset()

    known = {field.name: getattr(actor, field.name) for field in fields(Actor) if field.init}
    return Actor(**known | {name: here(known[name]) for name in ("agency_paths", "overseen_paths")})
