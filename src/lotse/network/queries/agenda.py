"""Agendas as they are shown: points with their time of day, a protected part as a length and nothing else (DP-08)."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from lotse.core.finding import found
from lotse.network import rules
from lotse.network.enums import MeetingState, Part, Purpose
from lotse.network.models import AgendaItem, AgendaTemplate, Meeting, Member, NetworkFormat
from lotse.network.packaged import Point, agendas, sums_of
from lotse.organisations.actor import Actor

OWN = "own:"


def points_of(format: NetworkFormat) -> tuple[Point, ...]:
    """Of the format's template, packaged or the house's own."""
    if not format.agenda_key.startswith(OWN):
        packaged = agendas().get(format.agenda_key)
        return packaged.points if packaged else ()
    own = AgendaTemplate.objects.filter(organisation_id=format.organisation_id)
    kept = own.filter(public_id=format.agenda_key.removeprefix(OWN)).first()
    return _own_points(kept) if kept else ()


def _own_points(kept: AgendaTemplate) -> tuple[Point, ...]:
    packaged = agendas().get(kept.based_on)
    inner = [point for point in packaged.points if point.part == Part.INNER] if packaged else []
    opened = [
        Point(raw["title"], raw["minutes"], raw["responsible"], tuple(raw["questions"]), Part.OPEN, raw["break"], raw["collects"])
        for raw in json.loads(kept.points)
    ]  # fmt: skip
    return (*inner, *opened)


def templates(actor: Actor, format: NetworkFormat | None = None) -> list[tuple[str, str]]:
    """Keys and words of what an agenda can begin with, the minutes in the words; and what the format has chosen already."""
    own = [(f"{OWN}{kept.public_id}", _own_words(kept)) for kept in AgendaTemplate.objects.visible_to(actor)]
    every = {**{agenda.key: agenda.name for agenda in agendas().values()}, **dict(own)}
    if format and format.agenda_key:
        every.setdefault(format.agenda_key, "wie bisher")
    return list(every.items())


def _own_words(kept: AgendaTemplate) -> str:
    return f"{kept.name}, {sums_of(_own_points(kept))['total']} Minuten, eigene Vorlage"


@dataclass(frozen=True)
class Slot:
    """A point at its time of day."""

    item: AgendaItem
    begins_at: datetime


@dataclass(frozen=True)
class Plan:
    """What the actor sees of an agenda. `inner` is empty for who does not sit inside; `inner_minutes` is known to all."""

    inner: list[Slot] = field(default_factory=list)
    opened: list[Slot] = field(default_factory=list)
    inner_minutes: int = 0
    minutes: int = 0
    lasts: int = 0

    @property
    def words(self) -> str:
        return f"{self.minutes} von {self.lasts} Minuten verplant"

    @property
    def is_over(self) -> bool:
        return self.minutes > self.lasts

    @property
    def slots(self) -> list[Slot]:
        return [*self.inner, *self.opened]


def plan_of(actor: Actor, meeting: Meeting) -> Plan:
    """Two statements, however many points there are."""
    shut = inner_minutes(meeting) if meeting.format.has_inner_part else 0
    rows = list(AgendaItem.objects.visible_to(actor).filter(meeting=meeting).select_related("proposed_by", "topic"))
    for row in rows:
        row.meeting = meeting
    inner = [row for row in rows if row.part == Part.INNER]
    opened = [row for row in rows if row.part == Part.OPEN]
    later = meeting.starts_at + timedelta(minutes=shut)
    total = shut + sum(row.lasts for row in opened)
    lasts = int(meeting.lasts.total_seconds() // 60)
    return Plan(_timed(inner, meeting.starts_at), _timed(opened, later), shut, total, lasts)


def _timed(rows: list[AgendaItem], moment: datetime) -> list[Slot]:
    slots = []
    for row in rows:
        slots.append(Slot(row, moment))
        moment += timedelta(minutes=row.lasts)
    return slots


def inner_minutes(meeting: Meeting) -> int:
    """How long the protected part lasts; everybody may know that."""
    inner = AgendaItem.objects.filter(meeting=meeting, part=Part.INNER)
    total: int | None = inner.aggregate(total=Sum("lasts"))["total"]
    return total or 0


def open_part_begins(meeting: Meeting) -> datetime:
    """When guests and who organises come: after the protected part and the break behind it."""
    if not meeting.format.has_inner_part:
        return meeting.starts_at
    first = AgendaItem.objects.filter(meeting=meeting, part=Part.OPEN).first()
    pause = first.lasts if first and first.is_break else 0
    return meeting.starts_at + timedelta(minutes=inner_minutes(meeting) + pause)


def changeable(actor: Actor, meeting: Meeting, plan: Plan) -> set[int]:
    """The open points for who leads the meeting, those of the inner part for who sits there and so sees them, and her own."""
    if not meeting.is_coming:
        return set()
    items, leads = [slot.item for slot in plan.slots], rules.leads(actor, meeting)
    return {row.pk for row in items if leads or row.part == Part.INNER or row.proposed_by_id == actor.person_id}


def get_item(actor: Actor, meeting: Meeting, public_id: str) -> AgendaItem:
    rows = AgendaItem.objects.visible_to(actor).filter(meeting=meeting)
    return found(rows.select_related("meeting__format"), public_id)


def next_to_present(meeting: Meeting) -> tuple[str, datetime | None] | None:
    """The institution whose last presentation is the longest ago, never first; None where none is named (NW-13)."""
    day = meeting.starts_at.date()
    members = Member.objects.filter(format=meeting.format_id).valid_on(day).exclude(institution="")
    institutions = sorted(set(members.values_list("institution", flat=True)))
    held = Meeting.objects.filter(Q(state=MeetingState.HELD), format=meeting.format_id, starts_at__lt=meeting.starts_at)
    last = dict(held.exclude(presents="").order_by("starts_at").values_list("presents", "starts_at"))
    ranked = sorted(institutions, key=lambda name: (last[name].timestamp() if name in last else 0, name))
    return (ranked[0], last.get(ranked[0])) if ranked else None


def gathers(plan: Plan, purpose: Purpose) -> bool:
    return any(slot.item.purpose == purpose for slot in plan.slots)
