"""Figures of documents and devices: reviewed and checked in time, read by everyone concerned (QM-04, Mi 7)."""

from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from lotse.facts.defined import Counted, choice, facts_of, seen
from lotse.facts.registry import Line, Period, Population, register
from lotse.organisations.actor import Actor
from lotse.quality.models import Equipment, GovernedVersion
from lotse.quality.models.scope import counted_by
from lotse.quality.queries.governed import unread_people

NOWHERE = Value(0, output_field=IntegerField())
IN_TIME = {"in_time": "rechtzeitig", "overdue": "überfällig"}


def _of_branches(rows: QuerySet, actor: Actor) -> QuerySet:
    return rows.filter(counted_by(actor)).annotate(nowhere=NOWHERE)


def _holding(actor: Actor, period: Period) -> QuerySet[GovernedVersion]:
    return _of_branches(GovernedVersion.objects.holding(period.key_date), actor)


def _devices(actor: Actor, period: Period) -> QuerySet[Equipment]:
    kept = Equipment.objects.filter(check_every__isnull=False, created_at__date__lte=period.key_date)
    return _of_branches(kept.filter(Q(discarded_on=None) | Q(discarded_on__gt=period.key_date)), actor)


def _reviewed(_period: Period) -> Case:
    return choice((Q(review_on__lt=timezone.localdate()), "overdue"), otherwise="in_time")


def _read(_period: Period) -> Case:
    return choice((Q(Exists(unread_people())), "missing"), otherwise="everyone")


def _checked(_period: Period) -> Case:
    return choice(
        (Q(has_defect=True), "defect"), (Q(next_check_on__lt=timezone.localdate()), "overdue"), otherwise="in_time"
    )


def _version_line(row: GovernedVersion) -> Line:
    on: date = row.valid_from or row.created_at.date()
    return Line(
        f"{row.document}, {row}", on, f"{row.organisation}", reverse("quality:document", args=[row.document.public_id])
    )


def _device_line(row: Equipment) -> Line:
    on = row.next_check_on or timezone.localdate(row.created_at)
    return Line(row.name, on, f"{row.organisation}", reverse("quality:equipment", args=[row.public_id]))


def _population(key: str, countable: Any, line: Any, visible: Any, *related: str) -> Population:
    return Population(
        f"quality.{key}", countable, visible, line, site="nowhere", programme="nowhere", related=related,
        holds_files=False, of_house=True,
    )  # fmt: skip


HOLDING = _population("holding", _holding, _version_line, seen(GovernedVersion), "document", "organisation")
DEVICES = _population("devices", _devices, _device_line, seen(Equipment), "organisation")
COUNTED = {
    "documents_reviewed": Counted(HOLDING, _reviewed, IN_TIME),
    "acknowledged": Counted(HOLDING, _read, {"everyone": "von allen gelesen", "missing": "noch nicht von allen"}),
    "equipment_checked": Counted(DEVICES, _checked, {**IN_TIME, "defect": "hat einen Mangel"}),
}


def register_facts() -> None:
    for found in facts_of("quality_papers", COUNTED, sheet="quality"):
        register(found)
