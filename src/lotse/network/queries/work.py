"""What of part 1, of tasks and of topics waits for somebody: one statement says which lists have anything in them."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, QuerySet
from django.urls import reverse

from lotse.network import rules
from lotse.network.models import ActionItem, Release, Topic
from lotse.network.queries import releases, tasks, topics
from lotse.network.queries.duties import Duty, network_duties
from lotse.network.queries.today import WorkItem, work_items
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person

WORDS = 120


class Waiting(NamedTuple):
    read: Callable[[Actor, date], QuerySet]
    line: Callable[[Any, date], WorkItem]


def _task(task: ActionItem, today: date) -> WorkItem:
    is_late = task.due_on is not None and task.due_on < today
    until = f"Aufgabe bis {task.due_on:%d.%m.%Y}, {task.format}"
    badge, tone = ("überfällig", "warn") if is_late else ("", "")
    return WorkItem(_short(task.text), reverse("network:task", args=[task.public_id]), until, badge, tone)


def _topic(badge: str, tone: str) -> Callable[[Topic, date], WorkItem]:
    def line(topic: Topic, _today: date) -> WorkItem:
        url = reverse("network:topic", args=[topic.public_id])
        return WorkItem(topic.title, url, f"Thema, {topic.format}", badge, tone)

    return line


def _text(badge: str) -> Callable[[Release, date], WorkItem]:
    def line(release: Release, _today: date) -> WorkItem:
        url = reverse("network:release", args=[release.public_id])
        return WorkItem(_short(release.text), url, f"Teil 1, {release.meeting.format}", badge, "warn")

    return line


def _short(text: str) -> str:
    return text if len(text) <= WORDS else f"{text[: WORDS - 1]}…"


LISTS = {
    "tasks_due": Waiting(tasks.due_soon, _task),
    "topics_back": Waiting(lambda actor, _today: topics.came_back(actor), _topic("Rückmeldung da", "good")),
    "topics_to_release": Waiting(lambda actor, _today: topics.to_release(actor), _topic("gemeinsam freigeben", "warn")),
    "topics_to_place": Waiting(lambda actor, _today: topics.to_place(actor), _topic("auf die Tagesordnung", "warn")),
    "texts_to_confirm": Waiting(lambda actor, _today: releases.waiting_for_me(actor), _text("wartet auf Zustimmung")),
    "texts_to_forward": Waiting(lambda actor, _today: releases.to_forward(actor), _text("weitergeben")),
}


def all_work(actor: Actor, today: date, *, has_calendar: bool = False) -> list[WorkItem]:
    """With meetings and formats (queries/today.py), mandates, ways and agreements on data (queries/duties.py)."""
    due = [_due(duty, today) for duty in network_duties(actor, today)]
    return [*work_items(actor, today, has_calendar=has_calendar), *waiting(actor, today), *due]


def _due(duty: Duty, today: date) -> WorkItem:
    badge, tone = ("überfällig", "warn") if duty.is_late(today) else ("", "")
    return WorkItem(duty.title, duty.url, f"{duty.what}, {duty.on:%d.%m.%Y}", badge, tone)


def waiting(actor: Actor, today: date) -> list[WorkItem]:
    if not rules.enters(actor):
        return []
    rows = {name: one.read(actor, today) for name, one in LISTS.items()}
    named: dict[str, Any] = {name: Exists(found.order_by()) for name, found in rows.items()}
    filled = Person.objects.filter(pk=actor.person_id).values(**named).first() or {}
    return [LISTS[name].line(row, today) for name, found in rows.items() if filled.get(name) for row in found]
