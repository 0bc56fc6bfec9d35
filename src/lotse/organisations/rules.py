"""What holds in an organisation, as predicates; each docstring is the rule in one sentence, with its id."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Deputy, Membership, Organisation, Person, PostShare
from lotse.organisations.roles import EXTERNAL

FULL_TIME = Decimal("1.00")


def manages(actor: Actor, organisation_id: int) -> bool:
    """Organisation, people and posts are kept by who manages this branch of the tree (OR-01)."""
    return organisation_id in actor.managed_organisation_ids


def looks_inside(actor: Actor, organisation_id: int) -> bool:
    """People, posts and roles are shown to who works there and to who manages it (OR-01)."""
    at_home = organisation_id == actor.organisation_id and not actor.role_keys.issubset(EXTERNAL)
    return at_home or manages(actor, organisation_id)


def is_for_another(actor: Actor, holder: Person) -> bool:
    """Nobody grants a right to herself (OR-02)."""
    return actor.person_id != holder.pk


def is_second_person(actor: Actor, grant: Membership | Deputy) -> bool:
    """Confirmed by neither who granted the right nor who gains by it (OR-03)."""
    return actor.person_id not in (grant.granted_by_id, grant.holder_id)


def leads(actor: Actor, organisation_id: int) -> bool:
    """Technical lead and management arrange who stands in for whom (OR-03)."""
    is_lead = actor.organisation_id == organisation_id and actor.may(Permission.CONFIRM_FILE_ACCESS)
    return is_lead or manages(actor, organisation_id)


def may_arrange_deputy(actor: Actor, person: Person) -> bool:
    """A deputy is proposed by who is stood in for, or by who leads her organisation (OR-03)."""
    return actor.person_id == person.pk or leads(actor, person.organisation_id)


def role_is_at_home(person: Person, organisation: Organisation) -> bool:
    """A role that opens files is held at the carrier where one is employed, or in one of its agencies (OR-03)."""
    return organisation.path.startswith(person.organisation.path)


def highest_sum(shares: Iterable[PostShare], begin: date, end: date | None) -> Decimal:
    """The largest sum of shares on any day of the period; sums only grow on a day on which a share begins (OR-05)."""
    known = [s for s in shares if (end is None or s.valid_from <= end) and (s.valid_to is None or s.valid_to >= begin)]
    days = {begin, *(s.valid_from for s in known if s.valid_from > begin)}
    return max(sum((s.fte for s in known if s.is_valid_on(day)), Decimal(0)) for day in days)
