"""How far the carriers of a district are. A state for each, no order by result."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import in_branches
from lotse.quality.models import Framework, SelfAssessment
from lotse.quality.queries.assessments import counted


@dataclass(frozen=True)
class Standing:
    """`assessment`: the last one, None where none was begun."""

    framework: Framework
    assessment: SelfAssessment | None


@dataclass(frozen=True)
class CarrierState:
    carrier: Organisation
    standings: list[Standing]


def carriers(actor: Actor) -> list[Organisation]:
    below = Organisation.objects.filter(in_branches(actor.quality_read_paths), is_carrier=True)
    return list(below.order_by("name", "id"))


def states(actor: Actor, shown: Iterable[Organisation]) -> list[CarrierState]:
    """Two statements, whatever the number of carriers."""
    shown = list(shown)
    latest = _latest(actor, shown)
    by_carrier: dict[int, list[Standing]] = defaultdict(list)
    for row in Framework.objects.overseen_by(actor).filter(organisation__in=shown).order_by("title", "-id"):
        by_carrier[row.organisation_id].append(Standing(row, latest.get(row.pk)))
    return [CarrierState(carrier, by_carrier[carrier.pk]) for carrier in shown]


def _latest(actor: Actor, shown: list[Organisation]) -> dict[int, SelfAssessment]:
    rows = SelfAssessment.objects.overseen_by(actor).filter(organisation__in=shown)
    newest = rows.order_by().values("framework").annotate(newest=Max("id")).values("newest")
    return {row.framework_id: row for row in counted(SelfAssessment.objects.filter(pk__in=newest))}
