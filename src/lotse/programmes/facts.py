"""Deadlines in figures: what came in time inside and outside. Nobody's file stands behind them, so nothing is hidden."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from lotse.facts.defined import Counted, choice, facts_of
from lotse.facts.registry import Line, Period, Population, register
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches
from lotse.programmes.enums import ObligationState
from lotse.programmes.models import Obligation

RESULTS = {"in_time": "rechtzeitig", "late": "später", "missing": "fehlt", "ahead": "noch nicht fällig"}
NOWHERE = Value(0, output_field=IntegerField())


def _due(actor: Actor, period: Period, *, column: str) -> QuerySet[Obligation]:
    """Of every branch whose work she counts, oversees or does."""
    within = Q(**{f"{column}__gte": period.start, f"{column}__lte": period.end})
    branches = actor.counted_paths | actor.overseen_paths | actor.agency_paths
    rows = Obligation.objects.filter(within, in_branches(branches, "bearer"))
    return rows.exclude(state=ObligationState.DROPPED).annotate(nowhere=NOWHERE)


def _in_time(done: str, due: str) -> Callable[[Period], Case]:
    def cell(_period: Period) -> Case:
        is_done = Q(**{f"{done}__isnull": False})
        return choice(
            (is_done & Q(**{f"{done}__lte": F(due)}), "in_time"), (is_done, "late"),
            (Q(**{f"{due}__lt": timezone.localdate()}), "missing"), otherwise="ahead",
        )  # fmt: skip

    return cell


def _visible(actor: Actor) -> Q:
    return Q(pk__in=Obligation.objects.visible_to(actor).order_by().values("pk"))


def _line(row: Obligation) -> Line:
    return Line(f"{row}", row.internal_due, f"{row.bearer}", reverse("deadlines:obligation", args=[row.public_id]))


def _population(key: str, column: str) -> Population:
    countable: Any = partial(_due, column=column)
    return Population(
        f"deadlines.{key}", countable, _visible, _line, site="nowhere", programme="rule__grant__programme_id",
        related=("rule", "bearer"), holds_files=False, of_house=True,
    )  # fmt: skip


COUNTED = {
    "internal": Counted(_population("internal", "internal_due"), _in_time("submitted_on", "internal_due"), RESULTS),
    "external": Counted(_population("external", "external_due"), _in_time("sent_on", "external_due"), RESULTS),
}


def register_facts() -> None:
    for fact in facts_of("deadlines", COUNTED, sheet="deadlines"):
        register(fact)
