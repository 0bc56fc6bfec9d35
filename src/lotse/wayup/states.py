"""What may follow what in the life of a closing. Actions ask here, nothing else moves a state."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from lotse.wayup.enums import ClosingState

_S = ClosingState
CLOSING: Mapping[ClosingState, frozenset[ClosingState]] = {
    _S.OPEN: frozenset({_S.APPROVED, _S.REPLACED}),
    _S.APPROVED: frozenset(
        {_S.ACCEPTED, _S.REOPENED, _S.REPLACED}
    ),  # replaced: a newer file came before anybody looked
    _S.ACCEPTED: frozenset({_S.LOCKED, _S.REOPENED}),
    _S.LOCKED: frozenset({_S.ACCEPTED}),  # only by opening the sum above it
    _S.REOPENED: frozenset(),  # the next revision begins
    _S.REPLACED: frozenset(),
}
DONE = frozenset({_S.APPROVED, _S.ACCEPTED, _S.LOCKED})
ADDED = frozenset({_S.ACCEPTED, _S.LOCKED})


def require_step(before: str, after: ClosingState) -> None:
    """Raise the German message when the table does not allow the step."""
    if after not in CLOSING[_S(before)]:
        raise ValidationError(f"Von „{_S(before).label}“ geht es nicht direkt zu „{after.label}“.")
