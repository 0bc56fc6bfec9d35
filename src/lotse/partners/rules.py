"""Rules of the partners, each in one sentence with its id."""

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.partners.models import CooperationAgreement, Partner

LOOKS = (Permission.MANAGE_PARTNERS, Permission.SIGN_COOPERATION)
COURSE_PROVIDER = "course_provider"


def looks(actor: Actor) -> bool:
    """Partners are shown to who looks after them, and to who signs what is agreed with them (QM-05)."""
    return not actor.permissions.isdisjoint(LOOKS)


def prepares(actor: Actor, organisation_id: int) -> bool:
    """A cooperation agreement is prepared, checked, reviewed and ended by who looks after partners (QM-05)."""
    return actor.may(Permission.MANAGE_PARTNERS) and actor.organisation_id == organisation_id


def signs(actor: Actor, organisation_id: int) -> bool:
    """A cooperation agreement is signed by who represents the carrier (QM-05)."""
    return actor.may(Permission.SIGN_COOPERATION) and actor.organisation_id == organisation_id


def is_ready_to_sign(agreement: CooperationAgreement) -> bool:
    """A cooperation agreement is signed after the contract was checked, and once (QM-05)."""
    return agreement.checked_on is not None and agreement.signed_on is None


def lacks_agreement(partner: Partner, has_one_in_force: bool) -> bool:
    """With a provider of courses there is a cooperation agreement (CL-22)."""
    return partner.category == COURSE_PROVIDER and not has_one_in_force
