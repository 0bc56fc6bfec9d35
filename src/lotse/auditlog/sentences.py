"""An entry of the log as a German sentence."""

from lotse.auditlog.door import VERBS
from lotse.auditlog.models import Event


class UnknownEvent(KeyError):
    """An entry whose verb no action has registered."""


def sentence(event: Event) -> str:
    if event.is_read:
        return f"{event.actor_label} hat gelesen: {event.details.get('what', 'Akte')}"
    if event.key not in VERBS:
        raise UnknownEvent(event.key)
    return f"{event.actor_label} {VERBS[event.key].sentence}"
