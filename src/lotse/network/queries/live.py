"""A meeting while it happens, as one of those present sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from lotse.network.enums import Part
from lotse.network.models import AgendaItem, Meeting, Notes
from lotse.network.queries.agenda import Plan, plan_of
from lotse.network.queries.pen import is_held_by_another, may_write
from lotse.network.wording import decisions_in, tasks_in
from lotse.organisations.actor import Actor


@dataclass(frozen=True)
class Clock:
    """The running point: since when, for how long, and how much is left of it and of the meeting."""

    item: AgendaItem
    ends_at: datetime
    left: int
    whole_left: int
    following: AgendaItem | None

    @property
    def words(self) -> str:
        if self.left < 0:
            return f"{-self.left} Minuten über der Zeit"
        return "noch 1 Minute" if self.left == 1 else f"noch {self.left} Minuten"


@dataclass(frozen=True)
class Live:
    """What changes while others write: asked every few seconds."""

    meeting: Meeting
    part: Part
    plan: Plan
    clock: Clock | None
    first: AgendaItem | None
    notes: Notes | None
    is_mine: bool
    is_free: bool
    may_write: bool
    decisions: int
    tasks: int

    @property
    def version(self) -> str:
        """Another one when there is something new to show; who writes has her own words before her."""
        begun = [f"{slot.item.pk}{slot.item.begun_at}{slot.item.lasts}{slot.item.position}" for slot in self.plan.slots]
        notes = self.notes
        text = 0 if self.is_mine or notes is None else notes.revision
        pen = (notes.writer_id if notes else None, self.is_mine, self.is_free, self.may_write)
        return sha256(
            repr((begun, text, pen, str(self.meeting.state), self.meeting.minutes_sent_at)).encode()
        ).hexdigest()[:16]


def notes_of(actor: Actor, meeting: Meeting, part: Part) -> Notes | None:
    return Notes.objects.visible_to(actor).filter(meeting=meeting, part=part).select_related("writer").first()


def live(actor: Actor, meeting: Meeting, part: Part) -> Live:
    plan, notes = plan_of(actor, meeting), notes_of(actor, meeting, part)
    items = [slot.item for slot in plan.slots]
    text, day = (notes.text if notes else ""), timezone.localdate(meeting.starts_at)
    return Live(
        meeting=meeting, part=part, plan=plan, clock=_clock(meeting, items), first=items[0] if items else None, notes=notes,
        is_mine=bool(notes and notes.writer_id == actor.person_id),
        is_free=notes is None or not is_held_by_another(notes, actor.person_id),
        may_write=may_write(actor, meeting, part) and not (meeting.minutes_sent_at and part == Part.OPEN),
        decisions=len(decisions_in(text)), tasks=len(tasks_in(text, day)),
    )  # fmt: skip


def _clock(meeting: Meeting, items: list[AgendaItem]) -> Clock | None:
    begun = [item for item in items if item.begun_at]
    if not begun or meeting.is_held:
        return None
    current = max(begun, key=lambda item: (item.begun_at, item.part, item.position))
    after = items[items.index(current) + 1 :]
    ends_at = current.begun_at + timedelta(minutes=current.lasts)
    left = _minutes(ends_at - timezone.now())
    return Clock(current, ends_at, left, _minutes(meeting.ends_at - timezone.now()), after[0] if after else None)


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)
