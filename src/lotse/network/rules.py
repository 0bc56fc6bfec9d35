"""What holds in the network, as predicates; each docstring is the rule in one sentence, with its id."""

from collections.abc import Collection

from lotse.network.enums import TEAMS
from lotse.network.models import Release, Topic
from lotse.network.models.alignment import Alignment, ExchangeProcess
from lotse.network.models.formats import Mandate, NetworkFormat
from lotse.network.models.meetings import LEADING, Meeting
from lotse.network.models.processes import ProcessStep
from lotse.network.models.scope import is_inside
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

OFFICER = "dpo"


def enters(actor: Actor) -> bool:
    """Whoever works at a carrier may be invited; who only looks from outside has no place in the network (NW-01)."""
    return is_inside(actor)


def organises(actor: Actor, organisation_id: int) -> bool:
    """Formats, dates and invitations are kept by who organises for the house (NW-01)."""
    return actor.organisation_id == organisation_id and actor.may(Permission.ORGANISE_NETWORK)


def leads_team(actor: Actor, format: NetworkFormat) -> bool:
    """Team meetings of a house are set up by its technical lead, who gets no right over a network by it (NW-16)."""
    is_hers = actor.organisation_id == format.organisation_id and actor.may(Permission.LEAD_TEAM)
    return is_hers and format.kind in TEAMS


def arranges(actor: Actor, format: NetworkFormat) -> bool:
    """Dates of a format are kept by who organises for the house, those of a team meeting by its lead too (NW-16)."""
    return organises(actor, format.organisation_id) or leads_team(actor, format)


def may_arrange(actor: Actor) -> bool:
    """Whoever organises, or leads a team, has dates to keep (NW-16)."""
    return not actor.permissions.isdisjoint({Permission.ORGANISE_NETWORK, Permission.LEAD_TEAM})


def leads(actor: Actor, meeting: Meeting) -> bool:
    """A meeting is led by who organises it, moderates it or takes its minutes (NW-10)."""
    chosen = actor.person_id in (meeting.moderator_id, meeting.minute_taker_id)
    return chosen or arranges(actor, meeting.format)


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


def may_hold_mandate(holder: Actor | None, format: NetworkFormat) -> bool:
    """A mandate for a format with an inner part opens its notes, so it goes to who may sit inside (NW-04, DP-08)."""
    return not format.has_inner_part or (holder is not None and may_sit_inside(holder))


def ends_mandate(actor: Actor, mandate: Mandate) -> bool:
    """A mandate is ended early by who leads the carrier, and given back by who holds it (NW-04)."""
    return mandate.person_id == actor.person_id or grants_mandates(actor, mandate.organisation_id)


def steers(actor: Actor, organisation_id: int) -> bool:
    """Ways of a network, and what it rests on, are kept by who organises it or leads the carrier (NW-14)."""
    return organises(actor, organisation_id) or grants_mandates(actor, organisation_id)


def works_on_step(actor: Actor, step: ProcessStep) -> bool:
    """A step is kept by who steers the way, and by who is responsible for it (NW-14)."""
    is_hers = step.responsible_id == actor.person_id and step.organisation_id == actor.organisation_id
    return is_hers or steers(actor, step.organisation_id)


def leads_alignment(actor: Actor, alignment: Alignment) -> bool:
    """An alignment on data protection is led by its contact person, and by who steers the network (DP-05)."""
    is_contact = alignment.contact_id == actor.person_id and alignment.organisation_id == actor.organisation_id
    return is_contact or steers(actor, alignment.organisation_id)


def looks_after_data(actor: Actor, organisation_id: int) -> bool:
    """For the own house its officer for data protection says yes or no, whatever else she is (DP-05)."""
    return actor.organisation_id == organisation_id and OFFICER in actor.role_keys


def says_yes(actor: Actor, exchange: ExchangeProcess) -> bool:
    """The officer's yes is another person's than who prepared the exchange (DP-05)."""
    return looks_after_data(actor, exchange.organisation_id) and exchange.drafted_by_id != actor.person_id


def may_take_effect(exchange: ExchangeProcess) -> bool:
    """An exchange of data takes effect when the officers of both sides have said yes (DP-05)."""
    return exchange.own_yes_on is not None and exchange.other_yes_on is not None


def counts_network(actor: Actor) -> bool:
    """Figures of the network are for who counts the work of the house, or organises, and works here (NW-15)."""
    counts = actor.may(Permission.COUNT_CLIENTS) or actor.may(Permission.ORGANISE_NETWORK)
    return counts and is_inside(actor)
