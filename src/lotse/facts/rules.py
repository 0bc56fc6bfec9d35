"""Rules of targets for figures, each in one sentence with its id. Targets are about the house, never about one of its people."""

from datetime import date

from lotse.facts.enums import Aim
from lotse.facts.models import FigureTarget
from lotse.facts.rights import decides_figures
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.roles import EXTERNAL


def reads_targets(actor: Actor) -> bool:
    """Targets are read by who counts and works here, by nobody from outside (GO-01)."""
    return actor.may(Permission.COUNT_CLIENTS) and not actor.role_keys.issubset(EXTERNAL)


def decides_targets(actor: Actor, organisation_id: int) -> bool:
    """A house sets its own targets: technical lead, management, district (GO-01)."""
    return decides_figures(actor) and actor.organisation_id == organisation_id


def reviews_target(actor: Actor, target: FigureTarget) -> bool:
    """A review is noted by who decides, and by who is responsible and reminded of it (GO-05)."""
    is_hers = target.responsible_id == actor.person_id and target.organisation_id == actor.organisation_id
    return reads_targets(actor) and (is_hers or decides_targets(actor, target.organisation_id))


def may_aim_anew(target: FigureTarget, is_reviewed: bool) -> bool:
    """Once reviewed, what is aimed at stays readable: whoever wants something else ends the target and sets a new one (GO-03)."""
    return target.ended_on is None and not is_reviewed


def is_missed(target: FigureTarget, number: int) -> bool:
    """Where the figure stands beside the target, the reason stands with it (GO-04)."""
    return number < target.value if target.aim == Aim.AT_LEAST else number > target.value


def is_due(target: FigureTarget, today: date) -> bool:
    """A target is talked about on its day, and stands on "Heute" of who is responsible (GO-05)."""
    return target.ended_on is None and target.review_on <= today
