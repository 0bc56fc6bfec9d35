"""Of which deadlines somebody is to be told today, for the worker."""

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from lotse.programmes.models import Obligation
from lotse.programmes.models.deadlines import TO_HAND_IN

WEEKS = (8, 4, 2, 1)
BEFORE_EXTERNAL = timedelta(weeks=2)
A_DAY = timedelta(days=1)


def to_remind(today: date) -> QuerySet[Obligation]:
    """Within one of the steps before the inner day, or since the house's own warning, and not told of it yet."""
    steps = Q()
    for weeks in WEEKS:
        is_new = Q(reminded_weeks=None) | Q(reminded_weeks__gt=weeks)
        steps |= Q(internal_due__lte=today + timedelta(weeks=weeks)) & is_new
    warned = Q(warn_due__lte=today) & (Q(warned_of=None) | ~Q(warned_of=F("warn_due")))
    rows = Obligation.objects.filter(steps | warned, state__in=TO_HAND_IN, internal_due__gte=today)
    return rows.select_related("bearer", "rule")


def step_of(obligation: Obligation, today: date) -> int | None:
    """How many weeks ahead the last step is that has been reached."""
    left = obligation.internal_due - today
    return min((weeks for weeks in WEEKS if left <= timedelta(weeks=weeks)), default=None)


def to_escalate(today: date) -> list[tuple[Obligation, date]]:
    """What the coordination is told, with the day of the occasion: the day after it is missed inside, two weeks before the
    day at the authority, and the day after that."""
    near = Q(internal_due__lt=today) | Q(external_due__lte=today + BEFORE_EXTERNAL)
    rows = Obligation.objects.open().filter(near).select_related("bearer", "rule")
    reached = [(row, occasion(row, today)) for row in rows]
    return [(row, on) for row, on in reached if on and (row.escalated_of is None or row.escalated_of < on)]


def occasion(row: Obligation, today: date) -> date | None:
    """The last of the three that has come."""
    days = [row.internal_due + A_DAY] if row.state in TO_HAND_IN else []
    if row.external_due:
        days += [row.external_due - BEFORE_EXTERNAL, row.external_due + A_DAY]
    return max((day for day in days if day <= today), default=None)
