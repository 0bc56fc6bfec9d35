"""Measures entered, planned, changed, called off. Persons are numbers here (D-27)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions import shared
from lotse.agency.actions.counts import count_around_measure
from lotse.agency.actions.papers import WHO_WRITES
from lotse.agency.enums import MeasureState
from lotse.agency.models import Measure, MeasureEvidence, ParticipantCount, Task
from lotse.agency.queries.agencies import carrier_of
from lotse.agency.queries.measures import field_of_activity
from lotse.auditlog.door import action, record, refuse_if, require
from lotse.documents.actions import date_evidence
from lotse.organisations.actions.shared import revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.partners.models import Partner

NOT_IN_YEAR = "Diese Aufgabe gehört zu einem anderen Förderjahr oder einer anderen Agentur."
HELD_ALREADY = "Diese Maßnahme hat schon stattgefunden."


@dataclass(frozen=True)
class Entry:
    """What is said of a measure: its own columns, numbers by group, partners; `warnings` that were read."""

    values: Mapping[str, Any]
    groups: Mapping[str, int] = field(default_factory=dict)
    partners: Collection[Partner] = ()
    warnings: Collection[str] = ()


@action("measure.entered", "hat eine Maßnahme eingetragen")
def enter_measure(*, by: Actor, agency: Organisation, entry: Entry) -> Measure:
    """Ahead of its day it is planned, else held."""
    require(rules.works_in(by, agency), WHO_WRITES)
    values = _whole(agency, entry)
    made = save_checked(
        Measure(organisation_id=carrier_of(agency), agency=agency, entered_by_id=by.person_id, **values)
    )
    _say(made, entry)
    count_around_measure(made)
    record(made, on=made.on, state=made.state, warnings=entry.warnings)
    return made


@action("measure.changed", "hat eine Maßnahme geändert")
def change_measure(*, by: Actor, measure: Measure, entry: Entry, revision: int | None = None) -> Measure:
    """What was planned and is over, or was called off and took place after all, is held from now on."""
    fresh = own(by, measure)
    fields = revise(fresh, {**_whole(fresh.agency, entry), "cancel_reason": ""}, revision)
    _say(fresh, entry)
    if "funding_year" in fields:
        _move_proofs(fresh)
        count_around_measure(fresh)
    record(fresh, fields=fields, warnings=entry.warnings)
    return fresh


@action("measure.called_off", "hat eine geplante Maßnahme abgesagt")
def call_off_measure(*, by: Actor, measure: Measure, reason: str) -> Measure:
    fresh = own(by, measure)
    refuse_if(fresh.state == MeasureState.HELD, HELD_ALREADY)
    fresh.state, fresh.cancel_reason = MeasureState.CANCELLED, reason.strip()
    fresh.revision += 1
    fresh.save()
    record(fresh, fields=["state"])
    return fresh


def _move_proofs(measure: Measure) -> None:
    """A proof that serves several measures is kept for the last of their years."""
    for proof in measure.proofs.select_related("evidence__file"):
        years = MeasureEvidence.objects.filter(evidence=proof.evidence).values_list("measure__funding_year", flat=True)
        date_evidence(evidence=proof.evidence, funding_year=max(years))


def own(by: Actor, measure: Measure) -> Measure:
    """Inside an action: the measure under a lock, hers to write. Everything that changes one begins here."""
    fresh = shared.own(by, measure)
    count_around_measure(fresh)
    return fresh


def _whole(agency: Organisation, entry: Entry) -> dict[str, Any]:
    """With what follows from it: funding year, state, field, and the number of all where only groups were counted."""
    values = dict(entry.values)
    on, task = values["on"], values.get("task")
    refuse_if(task is not None and not _is_open(task, agency, on), NOT_IN_YEAR, "task")
    of_task = task.field if task else ""
    values |= {
        "funding_year": on.year,
        "state": MeasureState.PLANNED if on > timezone.localdate() else MeasureState.HELD,
        "field": field_of_activity(values.get("activity", "")) or of_task or values.get("field", ""),
    }
    if values.get("participants") is None and entry.groups:
        values["participants"] = sum(entry.groups.values())
    return values


def _is_open(task: Task, agency: Organisation, on: date) -> bool:
    plan = task.document
    return plan.agency_id == agency.pk and plan.funding_year <= on.year <= plan.until_year


def _say(measure: Measure, entry: Entry) -> None:
    measure.partners.set(entry.partners)
    measure.group_counts.all().delete()
    ParticipantCount.objects.bulk_create(
        ParticipantCount(organisation_id=measure.organisation_id, measure=measure, group=group, number=number)
        for group, number in entry.groups.items()
    )
