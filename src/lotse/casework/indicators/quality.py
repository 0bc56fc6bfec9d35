"""Timeliness and coverage, evidence for the quality criteria (model.md §3.5). Never by person (§10.3)."""

from datetime import timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, When

from lotse.casework.enums import Achievement, Tier
from lotse.casework.facts import CASES, CONTACTS, PLANS, of_plans
from lotse.casework.indicators.populations import alive, living
from lotse.casework.models import Assessment, PlanStep
from lotse.facts.defined import YES_NO, Counted, choice
from lotse.facts.registry import Period, Population, part_of
from lotse.facts.values import whole
from lotse.organisations.actor import Actor

SET, SHEET, PROGRAMME = "quality", "quality", ""
ENTERED = {"in_time": "rechtzeitig", "late": "später"}
WHOLE = {"complete": "vollständig", "partly": "zum Teil", "nothing": "nichts davon"}


def entered(period: Period) -> Case:
    days = timedelta(days=whole(period, "quality.entry_days"))
    return choice((Q(created_at__date__lte=F("on") + days), "in_time"), otherwise="late")


def first_contact(_period: Period) -> Case:
    """Concern, expectation, and how it goes on, decided together."""
    return _whole([~Q(concern=""), ~Q(expectation=""), Q(decided_jointly__isnull=False)])


def steering(period: Period) -> Case:
    day = period.key_date
    assessed = Assessment.objects.filter(case_id=OuterRef("pk"), conducted_on__lte=day)
    steps = PlanStep.objects.filter(goal__plan__case_id=OuterRef("pk"), agreed_on__lte=day)
    return _whole([Q(Exists(steps)), Q(Exists(assessed))])


def _whole(parts: list[Q]) -> Case:
    """The first part may be dear: it is asked once."""
    first, *others = parts
    if_first = choice((reduce(and_, others), "complete"), otherwise="partly")
    if_not = choice((reduce(or_, others), "partly"), otherwise="nothing")
    return Case(When(first, then=if_first), default=if_not, output_field=CharField())


def done(column: str) -> Any:
    def cell(period: Period) -> Case:
        return choice((Q(**{f"{column}__lte": period.key_date}), "yes"), otherwise="no")

    return cell


def _living(population: Population, key: str, **only: Any) -> Population:
    """What is documented is known of files that are there."""

    def picks(period: Period) -> Q:
        return alive() & Q(**{name: value(period) if callable(value) else value for name, value in only.items()})

    return part_of(population, key, picks, forgets=True)


def _day(period: Period) -> Any:
    return period.key_date


def explained(_period: Period) -> Case:
    return choice((~Q(deviation_reason=""), "yes"), otherwise="no")


def _missed_steps(actor: Actor, period: Period) -> QuerySet[PlanStep]:
    days = (period.start, period.end)
    missed = PlanStep.objects.filter(achieved__in=(Achievement.NO, Achievement.PARTLY), achieved_on__range=days)
    return living(of_plans(actor, period, missed, "goal__plan__"))


STEERED = {"tier": Tier.CASE_MANAGEMENT}
CONTACTS_ENTERED = _living(CONTACTS, "contacts_entered")
BEGUN = _living(CASES, "cases_begun", first_contact_on__gte=lambda period: period.start)
STEERED_CASES = _living(CASES, "cases_steered", **STEERED)
ENDED = _living(CASES, "cases_steered_ended", ended_on__lte=_day, **STEERED)
AGREED = _living(PLANS, "plans_agreed", agreed_on__lte=_day)
MISSED = Population(
    "missed_steps",
    _missed_steps,
    PLANS.visible,
    lambda step: PLANS.line(step.goal.plan),
    site="goal__plan__case__site_id",
    programme="goal__plan__case__programme_id",
    related=("goal__plan__client", "goal__plan__case__site"),
    forgets=True,
)

COUNTED = {
    "deviation": Counted(MISSED, explained, YES_NO),
    "entered": Counted(CONTACTS_ENTERED, entered, ENTERED),
    "first_contact": Counted(BEGUN, first_contact, WHOLE),
    "steering": Counted(STEERED_CASES, steering, WHOLE),
    "handed_out": Counted(AGREED, done("handed_out_on"), YES_NO),
    "signed": Counted(AGREED, done("signed_on"), YES_NO),
    "evaluated": Counted(ENDED, done("evaluated_on"), YES_NO),
}
