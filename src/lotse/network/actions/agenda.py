"""The agenda: laid out from a template, added to by everybody until and during the meeting (NW-09), put in order."""

import json
from collections.abc import Iterable
from typing import Any

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.errors import NotAllowed
from lotse.network import rules
from lotse.network.enums import Part, Purpose
from lotse.network.models import AgendaItem, AgendaTemplate, Attendance, Meeting
from lotse.network.packaged import Point
from lotse.network.queries.agenda import OWN, points_of
from lotse.network.queries.inner import sits_inside
from lotse.organisations.actor import Actor

OVER = "Dieses Treffen ist abgeschlossen oder abgesagt."
WHO_LEADS = "Die Tagesordnung ordnet, wer das Treffen organisiert, moderiert oder das Protokoll führt."
WHO_PROPOSES = "Punkte schlägt vor, wer zu diesem Treffen eingeladen ist."
INSIDE = "Punkte für Teil 1 schlägt vor, wer dort sitzt."


def lay_out(meeting: Meeting) -> None:
    """Inside an action: the points of the format's template."""
    items = [_item(meeting, number, point) for number, point in enumerate(points_of(meeting.format), 1)]
    AgendaItem.objects.bulk_create(items)


def _item(meeting: Meeting, position: int, point: Point) -> AgendaItem:
    return AgendaItem(
        organisation_id=meeting.organisation_id, meeting=meeting, part=point.part, position=position,
        lasts=point.minutes, title=point.title, questions="\n".join(point.questions), responsible=point.responsible,
        is_break=point.is_break, purpose=point.collects,
    )  # fmt: skip


def carry_over(old: Meeting, new: Meeting) -> None:
    """Inside an action: what was already proposed for a meeting that is moved goes along."""
    copied = (
        "organisation_id", "part", "position", "lasts", "title", "questions", "responsible", "is_break", "purpose",
        "topic_id", "proposed_by_id",
    )  # fmt: skip
    rows = AgendaItem.objects.filter(meeting=old)
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=new, **{name: getattr(row, name) for name in copied}) for row in rows
    )


def open_for_changes(meeting: Meeting) -> Meeting:
    """Inside an action: the meeting under a lock, not over yet."""
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("format").get(pk=meeting.pk)
    refuse_if(not fresh.is_coming, OVER)
    return fresh


@action("agenda.proposed", "hat einen Punkt für die Tagesordnung vorgeschlagen")
def propose_item(
    *,
    by: Actor,
    meeting: Meeting,
    title: str,
    lasts: int,
    part: int = Part.OPEN,
    responsible: str = "",
    questions: str = "",
) -> AgendaItem:
    fresh = open_for_changes(meeting)
    _require_seat(by, fresh, Part(part))
    made = AgendaItem(
        organisation_id=fresh.organisation_id, meeting=fresh, part=part, lasts=lasts, title=title, questions=questions,
        responsible=responsible, proposed_by_id=by.person_id,
    )  # fmt: skip
    put_in_place(made)
    record(made, part=int(part))
    return made


def _require_seat(by: Actor, meeting: Meeting, part: Part) -> None:
    if part == Part.INNER:
        require(sits_inside(by, meeting), INSIDE)
    else:
        is_invited = Attendance.objects.filter(meeting=meeting, person_id=by.person_id).exists()
        require(is_invited or rules.arranges(by, meeting.format), WHO_PROPOSES)


def put_in_place(made: AgendaItem) -> None:
    """Inside an action: before the point that closes its part, unless that one has begun; else behind all others."""
    row = _row(made)
    ahead = (at for at, item in enumerate(row) if item.purpose == Purpose.CLOSING and item.begun_at is None)
    at = next(ahead, len(row))
    made.position = at + 1
    made.save()
    _number([*row[:at], made, *row[at:]])


def _row(item: AgendaItem) -> list[AgendaItem]:
    """The points of its part in their order."""
    rows = AgendaItem.objects.filter(meeting_id=item.meeting_id, part=item.part)
    return list(rows.only("position", "purpose", "begun_at"))


def may_change(by: Actor, item: AgendaItem) -> bool:
    """Who leads the meeting orders the open part, those inside theirs; her own point everybody may change."""
    if item.part == Part.INNER:
        return sits_inside(by, item.meeting)
    return rules.leads(by, item.meeting) or item.proposed_by_id == by.person_id


def _changeable(by: Actor, item: AgendaItem) -> AgendaItem:
    open_for_changes(item.meeting)
    seen = AgendaItem.objects.visible_to(by).select_related("meeting__format")
    fresh = seen.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if fresh is None or not may_change(by, fresh):
        raise NotAllowed(WHO_LEADS)
    return fresh


@action("agenda.changed", "hat einen Punkt der Tagesordnung geändert")
def change_item(*, by: Actor, item: AgendaItem, **parts: Any) -> AgendaItem:
    fresh = _changeable(by, item)
    for name, value in parts.items():
        setattr(fresh, name, value)
    fresh.save()
    record(fresh, fields=parts)
    return fresh


@action("agenda.removed", "hat einen Punkt von der Tagesordnung genommen")
def remove_item(*, by: Actor, item: AgendaItem) -> None:
    fresh = _changeable(by, item)
    record(fresh)
    fresh.delete()


@action("agenda.moved", "hat die Tagesordnung umgestellt")
def move_item(*, by: Actor, item: AgendaItem, up: bool) -> AgendaItem:
    """One place up or down within its part; at the end it stays where it is."""
    fresh = _changeable(by, item)
    row = _row(fresh)
    at = next(number for number, other in enumerate(row) if other.pk == fresh.pk)
    to = max(0, min(len(row) - 1, at - 1 if up else at + 1))
    row.insert(to, row.pop(at))
    _number(row)
    record(fresh, to=to + 1)
    return fresh


def _number(items: Iterable[AgendaItem]) -> None:
    for position, item in enumerate(items, 1):
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])


@action("agenda.kept", "hat eine Tagesordnung als eigene Vorlage gespeichert")
def keep_template(*, by: Actor, meeting: Meeting, name: str) -> AgendaTemplate:
    """The open points as they stand; a protected part stays the one of the former template."""
    require(rules.organises(by, meeting.organisation_id), WHO_LEADS)
    rows = AgendaItem.objects.filter(meeting=meeting, part=Part.OPEN)
    points = [
        {"title": row.title, "minutes": row.lasts, "responsible": row.responsible, "break": row.is_break,
         "questions": row.questions.splitlines(), "collects": row.purpose}
        for row in rows
    ]  # fmt: skip
    refuse_if(not points, "Die Tagesordnung ist noch leer.")
    made = AgendaTemplate(organisation_id=by.organisation_id, name=name, based_on=_inner_of(meeting))
    made.points = json.dumps(points, ensure_ascii=False)
    made.save()
    record(made)
    return made


def _inner_of(meeting: Meeting) -> str:
    key: str = meeting.format.agenda_key
    if not key.startswith(OWN):
        return key
    own = AgendaTemplate.objects.filter(public_id=key.removeprefix(OWN)).first()
    return own.based_on if own else ""
