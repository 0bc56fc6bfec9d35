"""What holds in the network, as predicates; each docstring is the rule in one sentence, with its id."""

from lotse.network.models.meetings import LEADING, Meeting
from lotse.network.models.scope import is_inside
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission


def enters(actor: Actor) -> bool:
    """Whoever works at a carrier may be invited; who only looks from outside has no place in the network (NW-01)."""
    return is_inside(actor)


def organises(actor: Actor, organisation_id: int) -> bool:
    """Formats, dates and invitations are kept by who organises for the house (NW-01)."""
    return actor.organisation_id == organisation_id and actor.may(Permission.ORGANISE_NETWORK)


def leads(actor: Actor, meeting: Meeting) -> bool:
    """A meeting is led by who organises it, moderates it or takes its minutes (NW-10)."""
    chosen = actor.person_id in (meeting.moderator_id, meeting.minute_taker_id)
    return chosen or organises(actor, meeting.organisation_id)


def grants_mandates(actor: Actor, organisation_id: int) -> bool:
    """A mandate is granted by who leads the carrier of the person who gets it (NW-04)."""
    return actor.organisation_id == organisation_id and actor.may(Permission.GRANT_MANDATES)


def may_sit_inside(actor: Actor) -> bool:
    """In the inner part of a forum sit those who counsel and lead or organise nothing (DP-08)."""
    return actor.may(Permission.COUNSEL) and LEADING.isdisjoint(actor.permissions)
