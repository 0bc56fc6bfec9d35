"""What models and rules both stand on: who sees surveys at all, and the numbers that hold for every round."""

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.roles import EXTERNAL

LEAST = 5  # answers to a question below which nothing of them is shown, inside the house too
MOST_CODES = 500
SEES = {Permission.COUNSEL, Permission.COUNT_CLIENTS, Permission.CONFIRM_FILE_ACCESS}


def sees_rounds(actor: Actor) -> bool:
    """Surveys and their results are seen by who counsels, leads or counts, and by nobody from outside (SV-01)."""
    return not actor.role_keys.issubset(EXTERNAL) and not actor.permissions.isdisjoint(SEES)
