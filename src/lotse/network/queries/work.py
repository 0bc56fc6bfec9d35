"""All that waits for somebody in the network: one statement says which lists have anything in them, one reads those."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Exists, F, Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from lotse.core.lines import Line, Part, lines_of, read
from lotse.core.prepared import prepared
from lotse.core.work import WorkItem
from lotse.network import rules
from lotse.network.enums import TEAMS, TaskState, TopicState
from lotse.network.models import (
    ActionItem,
    Alignment,
    Attendance,
    ExchangeProcess,
    Mandate,
    Member,
    ProcessStep,
    Release,
    Topic,
)
from lotse.network.queries import releases, tasks, topics
from lotse.network.queries.duties import Duty, duties_in, duty_lines
from lotse.network.queries.mandates import SOON
from lotse.network.queries.meetings import INVITED
from lotse.network.queries.today import meeting_items, meeting_lines
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Person

WORDS = 120


class Waiting(NamedTuple):
    read: Callable[[Actor, date], QuerySet]
    columns: Mapping[str, F]
    order: Callable[[Line], Any]
    said: Callable[[Line, date], WorkItem]


def _task(line: Line, today: date) -> WorkItem:
    until = f"Aufgabe bis {line.day:%d.%m.%Y}, {line.about}"
    badge, tone = ("überfällig", "warn") if line.day < today else ("", "")
    text = _opened(ActionItem, "text", line)
    return WorkItem(_short(text), reverse("network:task", args=[line.ref]), until, badge, tone)


def _topic(badge: str, tone: str) -> Callable[[Line, date], WorkItem]:
    def said(line: Line, _today: date) -> WorkItem:
        url = reverse("network:topic", args=[line.ref])
        return WorkItem(_opened(Topic, "title", line), url, f"Thema, {line.about}", badge, tone)

    return said


def _text(badge: str) -> Callable[[Line, date], WorkItem]:
    def said(line: Line, _today: date) -> WorkItem:
        url = reverse("network:release", args=[line.ref])
        return WorkItem(_short(_opened(Release, "text", line)), url, f"Teil 1, {line.about}", badge, "warn")

    return said


def _opened(model: type[Model], name: str, line: Line) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.opened(line.secret, line.ref))


def _short(text: str) -> str:
    return text if len(text) <= WORDS else f"{text[: WORDS - 1]}…"


def _newest(line: Line) -> int:
    return -line.number


TASK = {"secret": F("text"), "about": F("format__name"), "day": F("due_on"), "number": F("pk")}
TOPIC = {"secret": F("title"), "about": F("format__name"), "number": F("pk")}
RELEASE = {"secret": F("text"), "about": F("meeting__format__name"), "number": F("pk")}
LISTS = {
    "tasks_due": Waiting(tasks.due_soon, TASK, lambda line: (line.day, line.number), _task),
    "topics_back": Waiting(lambda actor, _: topics.came_back(actor), TOPIC, _newest, _topic("Rückmeldung da", "good")),
    "topics_to_release": Waiting(lambda actor, _: topics.to_release(actor), TOPIC, _newest, _topic("gemeinsam freigeben", "warn")),
    "topics_to_place": Waiting(lambda actor, _: topics.to_place(actor), TOPIC, _newest, _topic("auf die Tagesordnung", "warn")),
    "texts_to_confirm": Waiting(lambda actor, _: releases.waiting_for_me(actor), RELEASE, _newest, _text("wartet auf Zustimmung")),
    "texts_to_forward": Waiting(lambda actor, _: releases.to_forward(actor), RELEASE, _newest, _text("weitergeben")),
}  # fmt: skip


def all_work(actor: Actor, today: date, *, has_calendar: bool = False) -> list[WorkItem]:
    """With meetings and formats (queries/today.py), mandates, ways and agreements on data (queries/duties.py).

    Two statements however much there is: which lists have anything in them, and these lists. Without any it is one.
    """
    if not rules.enters(actor):
        return []
    found = read(_parts(actor, today, has_calendar))
    waiting = [one.said(line, today) for name, one in LISTS.items() for line in sorted(found[name], key=one.order)]
    return [*meeting_items(found, today), *waiting, *(_due(duty, today) for duty in duties_in(found))]


def _parts(actor: Actor, today: date, has_calendar: bool) -> list[Part]:
    filled = _lists_with_something(actor, today)
    parts = [lines_of(name, one.read(actor, today), **one.columns) for name, one in LISTS.items() if filled[name]]
    if filled["invited"] or filled["teams"] or actor.may(Permission.ORGANISE_NETWORK):
        parts += meeting_lines(actor, today, has_calendar=has_calendar)
    return [*parts, *(duty_lines(actor, today) if filled["duties"] else [])]


def _due(duty: Duty, today: date) -> WorkItem:
    badge, tone = ("überfällig", "warn") if duty.is_late(today) else ("", "")
    return WorkItem(duty.title, duty.url, f"{duty.what}, {duty.on:%d.%m.%Y}", badge, tone)


def _lists_with_something(actor: Actor, today: date) -> dict[str, bool]:
    """Asked once per actor. `INVITED` is remembered for the calendar, which then asks nothing either."""
    return actor.know("network.work", lambda: _ask(actor, today))


def _ask(actor: Actor, today: date) -> dict[str, bool]:
    house = actor.organisation_id if actor.may(Permission.ORGANISE_NETWORK) else 0
    morning = timezone.make_aware(datetime.combine(today, time.min))
    led = actor.organisation_id if actor.may(Permission.LEAD_TEAM) else 0
    days = (morning, today, today + tasks.SOON, today + SOON)
    (filled,) = _filled(actor.person_id, actor.organisation_id, house, led, *days)
    actor.know(INVITED, lambda: filled["invited"])
    return filled


@prepared
def _filled(
    person_id: int, own_house: int, house: int, led: int, morning: datetime, today: date, until: date, soon: date
) -> QuerySet[Any, dict[str, bool]]:
    """Never false where the list itself would show something; it may be true where the list turns out empty: whether she
    sits inside is asked with the list. `house`, `led`: the one she organises for, and whose team she leads, or 0."""
    places = Attendance.objects.filter(person_id=person_id, in_inner_part=True)
    of_meetings = Release.objects.filter(meeting_id__in=places.order_by().values("meeting_id"))
    raised = Topic.objects.filter(state=TopicState.RAISED).exclude(raised_by_id=person_id)
    named = {
        "tasks_due": ActionItem.objects.filter(owner_id=person_id, state=TaskState.OPEN, due_on__lte=until),
        "topics_back": Topic.objects.filter(raised_by_id=person_id, state=TopicState.ANSWERED),
        "topics_to_release": raised.filter(format_id__in=places.order_by().values("meeting__format_id")),
        "topics_to_place": Topic.objects.filter(state=TopicState.RELEASED, format__reports_to__organisation_id=house),
        "texts_to_confirm": of_meetings.filter(released_at=None).exclude(proposed_by_id=person_id),
        "texts_to_forward": of_meetings.filter(released_at__isnull=False, forwarded_at=None),
        "invited": Attendance.objects.filter(person_id=person_id, meeting__ends_at__gte=morning),
        "teams": Member.objects.filter(person_id=person_id, format__organisation_id=led, format__kind__in=TEAMS),
    }
    rows: dict[str, Any] = {name: Exists(found.order_by()) for name, found in named.items()}
    return Person.objects.filter(pk=person_id).values(
        duties=_any_duty(person_id, own_house, house, today, soon), **rows
    )


def _any_duty(person_id: int, own_house: int, house: int, today: date, soon: date) -> Q:
    """What `duty_lines` reads, without its finer conditions."""
    concerned = Q(person_id=person_id) | Q(organisation_id=own_house)
    kinds: list[QuerySet] = [
        Mandate.objects.filter(concerned, valid_to__gte=today, valid_to__lte=soon),
        ProcessStep.objects.filter(responsible_id=person_id, done_on=None),
        Alignment.objects.filter(contact_id=person_id, ended_on=None),
        ExchangeProcess.objects.filter(organisation_id=own_house, alignment__ended_on=None, ended_on=None),
        Member.objects.filter(format__organisation_id=house, format__needs_mandate=True),
    ]
    return reduce(or_, (Q(Exists(rows.order_by())) for rows in kinds))
