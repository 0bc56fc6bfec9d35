"""Who may write the notes of a meeting, and whether the pen is free."""

from datetime import timedelta

from django.utils import timezone

from lotse.network import rules
from lotse.network.enums import Part
from lotse.network.models import Meeting, Notes
from lotse.network.queries.inner import sits_inside, takes_part
from lotse.organisations.actor import Actor

LEASE = timedelta(seconds=30)


def may_write(actor: Actor, meeting: Meeting, part: Part) -> bool:
    """Whoever takes part; after the meeting who leads it. In the inner part those who sit there."""
    if part == Part.INNER:
        return sits_inside(actor, meeting)
    if meeting.is_held:
        return rules.leads(actor, meeting)
    return takes_part(actor, meeting) or rules.arranges(actor, meeting.format)


def is_held_by_another(notes: Notes, person_id: int) -> bool:
    """Her page was heard of within the lease."""
    if notes.writer_id in (None, person_id) or notes.writer_seen_at is None:
        return False
    return notes.writer_seen_at > timezone.now() - LEASE


def lease_seconds() -> int:
    return int(LEASE.total_seconds())
