"""What may follow what, for meetings and topics (model.md §7.8, §12.8). Actions ask here, nothing else moves a state.

Where the topic's table differs from model.md: after politics has it, feedback is still given; and the forum may take back
a topic that nobody outside has seen yet, by closing it.
"""

from collections.abc import Mapping
from typing import TypeVar

from django.core.exceptions import ValidationError

from lotse.network.enums import MeetingState, TaskState, TopicState

S = TypeVar("S", MeetingState, TaskState, TopicState)

_M = MeetingState
MEETING: Mapping[MeetingState, frozenset[MeetingState]] = {
    _M.PLANNED: frozenset({_M.INVITED, _M.HELD, _M.CANCELLED, _M.RESCHEDULED}),
    _M.INVITED: frozenset({_M.HELD, _M.CANCELLED, _M.RESCHEDULED}),
    _M.HELD: frozenset(),
    _M.CANCELLED: frozenset({_M.RESCHEDULED}),  # a replacement was found later
    _M.RESCHEDULED: frozenset(),
}
COMING = frozenset({_M.PLANNED, _M.INVITED})
CALLED_OFF = frozenset({_M.CANCELLED, _M.RESCHEDULED})

_A = TaskState
TASK: Mapping[TaskState, frozenset[TaskState]] = {
    _A.OPEN: frozenset({_A.DONE, _A.DROPPED}),
    _A.DONE: frozenset({_A.OPEN}),  # the next meeting finds that it is not
    _A.DROPPED: frozenset({_A.OPEN}),
}

_T = TopicState
TOPIC: Mapping[TopicState, frozenset[TopicState]] = {
    _T.RAISED: frozenset({_T.RELEASED, _T.CLOSED}),
    _T.RELEASED: frozenset({_T.ON_AGENDA, _T.ANSWERED}),
    _T.ON_AGENDA: frozenset({_T.DISCUSSED, _T.ANSWERED}),
    _T.DISCUSSED: frozenset({_T.ANSWERED, _T.TO_POLITICS, _T.ON_AGENDA}),
    _T.TO_POLITICS: frozenset({_T.ANSWERED}),
    _T.ANSWERED: frozenset({_T.CLOSED, _T.ON_AGENDA}),
    _T.CLOSED: frozenset(),
}
WITHOUT_ANSWER = frozenset({_T.RELEASED, _T.ON_AGENDA, _T.DISCUSSED, _T.TO_POLITICS})


def require_step(table: Mapping[S, frozenset[S]], before: S, after: S) -> None:
    """Raise the German message when the table does not allow the step."""
    if after not in table[before]:
        raise ValidationError(f"Von „{before.label}“ geht es nicht direkt zu „{after.label}“.")
