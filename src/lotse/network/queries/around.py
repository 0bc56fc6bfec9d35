"""What stands beside a meeting: tasks that come back (NW-11), topics without feedback (NW-06), what part 1 has let out."""

from typing import Any

from lotse.network.models import Meeting
from lotse.network.queries import releases, tasks, topics
from lotse.organisations.actor import Actor


def around(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """Before and while it happens, what is to be followed up; afterwards what was let out."""
    released = {"released": list(releases.released(actor, meeting))}
    if meeting.is_held or meeting.is_off:
        return released
    return {
        **released,
        "follow_up": list(tasks.open_tasks(actor, meeting.format)),
        "to_control": list(tasks.to_control(actor, meeting.format)),
        "unanswered": list(topics.unanswered(actor, meeting.format)),
        "came_back": list(topics.answered(actor, meeting.format)),
    }
