"""Rules of the partners, each in one sentence with its id."""

from collections.abc import Collection
from datetime import date

from lotse.core.dates import months_before
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.roles import EXTERNAL
from lotse.partners.classes import PartnerClass, priority_of
from lotse.partners.enums import Priority
from lotse.partners.models import CooperationAgreement, Expertise, Partner

LOOKS = (Permission.MANAGE_PARTNERS, Permission.SIGN_COOPERATION)
COURSE_PROVIDER = "course_provider"


def looks(actor: Actor) -> bool:
    """Partners are shown to who looks after them, and to who signs what is agreed with them (QM-05)."""
    return not actor.permissions.isdisjoint(LOOKS)


def prepares(actor: Actor, organisation_id: int) -> bool:
    """A cooperation agreement is prepared, checked, reviewed and ended by who looks after partners (QM-05)."""
    return actor.may(Permission.MANAGE_PARTNERS) and actor.organisation_id == organisation_id


def keeps(actor: Actor, organisation_id: int) -> bool:
    """The directory of a house is kept by who looks after its partners (PA-01)."""
    return actor.may(Permission.MANAGE_PARTNERS) and actor.organisation_id == organisation_id


def signs(actor: Actor, organisation_id: int) -> bool:
    """A cooperation agreement is signed by who represents the carrier (QM-05)."""
    return actor.may(Permission.SIGN_COOPERATION) and actor.organisation_id == organisation_id


def is_ready_to_sign(agreement: CooperationAgreement) -> bool:
    """A cooperation agreement is signed after the contract was checked, and once (QM-05)."""
    return agreement.checked_on is not None and agreement.signed_on is None


def lacks_agreement(categories: Collection[str], has_one_in_force: bool) -> bool:
    """With a provider of courses there is a cooperation agreement (CL-22)."""
    return COURSE_PROVIDER in categories and not has_one_in_force


def is_stale(partner: Partner, today: date, months: int) -> bool:
    """What stands about a partner is looked at again after the months that the house has set (PA-02)."""
    return partner.ended_on is None and partner.checked_on < months_before(today, months)


def priority(categories: Collection[str], programme: str, own: Priority | None) -> Priority | None:
    """How much a programme needs a partner follows from its kinds, unless the house has ranked it otherwise (NW-12)."""
    return own or priority_of(categories, programme)


def covers(categories: Collection[str], wanted: PartnerClass, own: Priority | None) -> bool:
    """A partner fills a class that is mandatory when one of its kinds belongs to it and the house ranks it no lower (NW-12)."""
    return not set(categories).isdisjoint(wanted.categories) and own in (None, wanted.priority)


def sees_pool(actor: Actor) -> bool:
    """What colleagues know is shown to who works in the same house, not to who comes from outside (PA-04)."""
    return not actor.role_keys.issubset(EXTERNAL)


def owns(actor: Actor, expertise: Expertise) -> bool:
    """What somebody knows is written and taken back by herself alone (PA-04)."""
    return expertise.person_id == actor.person_id
