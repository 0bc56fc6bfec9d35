"""What holds for closing a period, as predicates; each docstring is the rule in one sentence, with its id."""

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.wayup.enums import ClosingState
from lotse.wayup.models import Closing, Installation


def reports_for(actor: Actor, organisation_id: int) -> bool:
    """A unit's numbers are drawn up and approved by who leads it and may count all of it (UP-02)."""
    leads = actor.organisation_id == organisation_id and actor.may(Permission.REPORT_UP)
    return leads and organisation_id in actor.counted_organisation_ids


def is_second_person(actor: Actor, closing: Closing) -> bool:
    """Who drew the numbers up does not approve them (UP-02)."""
    return actor.person_id != closing.drawn_by_id


def adds_up(actor: Actor, closing: Closing) -> bool:
    """Accepted or given back by the level above; where there is none here, the unit itself notes that it was (UP-03)."""
    return reports_for(actor, closing.above_id or closing.organisation_id)


def has_not_approved(actor: Actor, closing: Closing) -> bool:
    """Nobody accepts what she has approved herself (UP-03)."""
    return actor.person_id != closing.approved_by_id


def may_reopen(actor: Actor, closing: Closing) -> bool:
    """The unit takes back what is not accepted yet; after that only the level above gives it back (UP-04)."""
    is_hers = reports_for(actor, closing.organisation_id)
    return adds_up(actor, closing) or (is_hers and closing.state == ClosingState.APPROVED)


def may_confirm(actor: Actor, installation: Installation) -> bool:
    """The key of another installation counts once a second person has compared it (UP-05)."""
    is_second = actor.person_id != installation.registered_by_id
    return is_second and reports_for(actor, installation.organisation_id)


def sees_numbers(actor: Actor, closing: Closing, *, is_only_unit: bool) -> bool:
    """A sum is shown to who leads it; of a site only to who reviews its files, or where the sum is nothing else (UP-06)."""
    is_hers = reports_for(actor, closing.organisation_id) and closing.installation_id is None
    reads_it = closing.site_id in actor.reviewed_site_ids or is_only_unit
    return is_hers and (closing.site_id is None or reads_it)
