"""Tasks from meetings: mine, those I gave, those of my formats; and what the next meeting of a format asks for (NW-11)."""

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from lotse.core.finding import found
from lotse.network.enums import TaskState
from lotse.network.models import ActionItem, NetworkFormat
from lotse.organisations.actor import Actor

SOON = timedelta(days=7)
REMIND_AHEAD = timedelta(days=3)


def _tasks(actor: Actor) -> QuerySet[ActionItem]:
    return ActionItem.objects.visible_to(actor).select_related("format", "meeting", "owner")


def open_tasks(actor: Actor, format: NetworkFormat) -> QuerySet[ActionItem]:
    """What was not closed since, for the point "Nachverfolgung" of the next meeting."""
    return _tasks(actor).filter(format=format, state=TaskState.OPEN)


def to_control(actor: Actor, format: NetworkFormat) -> QuerySet[ActionItem]:
    """Closed, and nobody has looked at the result yet."""
    return _tasks(actor).filter(format=format, controlled_on=None).exclude(state=TaskState.OPEN)


def get_task(actor: Actor, task_id: str) -> ActionItem:
    return found(_tasks(actor), task_id)


def mine(actor: Actor) -> QuerySet[ActionItem]:
    return _tasks(actor).filter(owner_id=actor.person_id, state=TaskState.OPEN)


def given_by_me(actor: Actor) -> QuerySet[ActionItem]:
    return _tasks(actor).filter(given_by_id=actor.person_id, state=TaskState.OPEN).exclude(owner_id=actor.person_id)


def of_my_formats(actor: Actor) -> QuerySet[ActionItem]:
    """Those of others, in the formats that she can look at."""
    me = Q(owner_id=actor.person_id) | Q(given_by_id=actor.person_id)
    return _tasks(actor).filter(state=TaskState.OPEN).exclude(Q(pk__in=ActionItem.objects.filter(me).values("pk")))


def closed(actor: Actor) -> QuerySet[ActionItem]:
    return _tasks(actor).exclude(state=TaskState.OPEN).order_by("-closed_on", "-id")


def to_remind(today: date) -> QuerySet[ActionItem]:
    """For the worker: due in a few days, nobody told yet of this day."""
    due = ActionItem.objects.filter(state=TaskState.OPEN, due_on__range=(today, today + REMIND_AHEAD))
    return due.exclude(reminded_of=F("due_on")).select_related("owner__user", "format")


def due_soon(actor: Actor, today: date) -> QuerySet[ActionItem]:
    """For *Heute*: hers, overdue or due within a week."""
    return mine(actor).filter(due_on__lte=today + SOON)
