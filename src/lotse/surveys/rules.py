"""What holds for surveys, as predicates; each docstring is the rule in one sentence, with its id."""

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.surveys.scope import LEAST


def leads_rounds(actor: Actor, organisation_id: int) -> bool:
    """A survey is begun, printed and closed by who leads the carrier (SV-01)."""
    return actor.organisation_id == organisation_id and actor.may(Permission.CONFIRM_FILE_ACCESS)


def enters_paper(actor: Actor, organisation_id: int) -> bool:
    """Answers on paper are entered by who counsels or leads at the carrier (SV-01)."""
    counsels = actor.organisation_id == organisation_id and actor.may(Permission.COUNSEL)
    return counsels or leads_rounds(actor, organisation_id)


def is_shown(is_closed: bool, answered: int) -> bool:
    """Nothing is shown while answers still come in, nor of a question that fewer than five have answered (SV-03)."""
    return is_closed and answered >= LEAST
