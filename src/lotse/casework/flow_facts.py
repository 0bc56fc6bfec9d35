"""Figures that are mostly drawn: how people came and how cases stand, what became of agreed steps, contacts month by month.

They count the rows that `facts` counts, so nothing else is opened.
"""

from functools import partial
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, ExtractMonth

from lotse.casework.enums import Achievement
from lotse.casework.facts import CASES, CONTACTS, IN_PERIOD, PLANS, SOURCE, column, file_line, of_plans, words_of
from lotse.casework.models import PlanStep
from lotse.core.dates import MONTHS
from lotse.facts.registry import Fact, Line, Period, Population, register
from lotse.organisations.actor import Actor

RUNNING = "running"
STEPS = {
    "yes": "erreicht",
    "partly_reason": "zum Teil, Grund vermerkt",
    "partly": "zum Teil, ohne Grund",
    "no_reason": "nicht erreicht, Grund vermerkt",
    "no": "nicht erreicht, ohne Grund",
    "in_progress": "noch in Bearbeitung",
}


def _steps(actor: Actor, period: Period) -> QuerySet[PlanStep]:
    return of_plans(actor, period, PlanStep.objects.filter(agreed_on__lte=period.key_date), "goal__plan__")


def _agreed(period: Period) -> Q:
    """New in a year is also what belongs to a plan that is."""
    return Q(agreed_on__gte=period.start) | Q(goal__plan__drafted_on__gte=period.start)


def _ended(period: Period) -> Q:
    return Q(goal__plan__case__ended_on__lte=period.end)


def _line(step: PlanStep) -> Line:
    return file_line(step.client, step.agreed_on, step.goal.plan.case.site.name)


STEPS_OF_PLANS = Population(
    "plan_steps",
    _steps,
    PLANS.visible,
    _line,
    site="goal__plan__case__site_id",
    programme="goal__plan__case__programme_id",
    related=("client", "goal__plan__case__site"),
    arrived=_agreed,
    left=_ended,
    forgets=True,
)


def standing(period: Period) -> Case:
    """Why a case ended; what ended later was still running on the last day."""
    ended = When(ended_on__lte=period.end, then=F("end_reason"))
    return Case(ended, default=Value(RUNNING), output_field=CharField())


def attainment(period: Period) -> Case:
    """As of the last day: what was found later was still in progress. The reason itself is sealed; only that there is one."""
    later = When(Q(achieved_on__gt=period.key_date), then=Value(Achievement.IN_PROGRESS))
    explained = (
        When(~Q(deviation_reason="") & Q(achieved=value), then=Value(f"{value}_reason"))
        for value in (Achievement.PARTLY, Achievement.NO)
    )
    return Case(later, *explained, default=F("achieved"), output_field=CharField())


def _month(_period: Period, *, of: str = "on") -> Any:
    return Cast(ExtractMonth(of), CharField())


def _standing_words(key: str) -> str:
    return "läuft noch" if key == RUNNING else words_of("end_reason")(key)


_fact = partial(Fact, source=SOURCE, unit="Fälle", definition=IN_PERIOD, population=CASES)
ROUTE = _fact("cases.route", "Zugangsweg", cell=column("access_route"), words=words_of("access_route"))
# Not registered: its cells are those of "Verlauf", taken apart, so one would give away what the other hides. It is asked only
# where nothing is hidden.
STANDING = _fact(
    "cases.standing", "Stand der Fälle", cell=standing, keys=(RUNNING,), words=_standing_words,
    definition=f"{IN_PERIOD} Warum sie endeten, oder dass sie am letzten Tag noch liefen.",
)  # fmt: skip
STEP_RESULTS = _fact(
    "steps.result", "Vereinbarte Arbeitsschritte", unit="Schritte", population=STEPS_OF_PLANS, cell=attainment, keys=tuple(STEPS),
    words=STEPS.__getitem__,
    definition="Schritte aus Plänen offener Fälle, die bis zum Stichtag vereinbart waren, mit ihrem Ergebnis an diesem Tag.",
)  # fmt: skip
CONTACT_MONTHS = _fact(
    "contacts.month", "Kontakte nach Monat", unit="Kontakte", population=CONTACTS, cell=_month,
    keys=tuple(str(number) for number in range(1, 13)), words=lambda key: MONTHS[int(key) - 1],
    definition="Kontakte im Zeitraum.",
)  # fmt: skip


def register_facts() -> None:
    for fact in (ROUTE, STEP_RESULTS, CONTACT_MONTHS):
        register(fact)
