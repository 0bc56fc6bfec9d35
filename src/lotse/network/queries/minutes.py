"""The minutes of a meeting's open part: course, who was there, decisions, tasks, and what part 1 has let out."""

from dataclasses import dataclass
from datetime import datetime

from lotse.network.enums import Part, Presence
from lotse.network.models import ActionItem, Attendance, Decision, Meeting, Notes, Release, Sending
from lotse.network.queries.agenda import open_part_begins
from lotse.organisations.actor import Actor


@dataclass(frozen=True)
class Minutes:
    meeting: Meeting
    begins_at: datetime
    present: list[Attendance]
    excused: list[Attendance]
    absent: list[Attendance]
    text: str
    decisions: list[str]
    tasks: list[ActionItem]
    released: list[str]


def minutes_of(meeting: Meeting) -> Minutes:
    """Of the open part only, whoever asks: it goes to everybody (DP-08, NW-10)."""
    places = list(Attendance.objects.filter(meeting=meeting))
    notes = Notes.objects.filter(meeting=meeting, part=Part.OPEN).first()
    opened = {"meeting": meeting, "part": Part.OPEN}
    return Minutes(
        meeting,
        open_part_begins(meeting),
        [place for place in places if place.presence == Presence.PRESENT],
        [place for place in places if place.presence == Presence.EXCUSED],
        [place for place in places if place.presence == Presence.ABSENT],
        notes.text if notes else "",
        [decision.text for decision in Decision.objects.filter(**opened)],
        list(ActionItem.objects.filter(**opened)),
        _released(meeting),
    )


def _released(meeting: Meeting) -> list[str]:
    """Of what was corrected, the last words that were let out."""
    rows = Release.objects.filter(meeting=meeting, released_at__isnull=False).order_by("id")
    replaced = {row.replaces_id for row in rows}
    return [row.text for row in rows if row.pk not in replaced]


def sent_to(actor: Actor, meeting: Meeting) -> list[Sending]:
    return list(Sending.objects.visible_to(actor).filter(meeting=meeting).select_related("mail"))
