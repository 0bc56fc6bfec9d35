"""What holds in the network, as predicates; each docstring is the rule in one sentence, with its id."""

from collections.abc import Collection

from lotse.network.models import Release, Topic
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


def may_confirm(actor: Actor, release: Release, speakers: Collection[int]) -> bool:
    """Words leave part 1 when another than who proposed them confirms it: the speaker, where one was there (NW-05)."""
    return actor.person_id != release.proposed_by_id and (not speakers or actor.person_id in speakers)


def may_forward(actor: Actor, speakers: Collection[int]) -> bool:
    """What was released is passed on by the speaker, where one was there (NW-05)."""
    return not speakers or actor.person_id in speakers


def may_let_out(actor: Actor, topic: Topic, is_inside: bool) -> bool:
    """A topic leaves the forum when another of its inner part than who raised it agrees (DP-08)."""
    return is_inside and actor.person_id != topic.raised_by_id
