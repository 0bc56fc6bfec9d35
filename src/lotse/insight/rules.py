"""What holds for released tables, as predicates; each docstring is the rule in one sentence, with its id."""

from datetime import date

from lotse.facts.rights import decides_figures
from lotse.insight.counted import Data
from lotse.insight.models import Snapshot
from lotse.insight.periods import FixedPeriod
from lotse.insight.protecting import Audience
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.roles import EXTERNAL


def releases_tables(actor: Actor, organisation_id: int) -> bool:
    """Tables are prepared, released and withdrawn by who leads the carrier (ST-01)."""
    return actor.organisation_id == organisation_id and actor.may(Permission.CONFIRM_FILE_ACCESS)


def is_over(period: FixedPeriod, today: date) -> bool:
    """Tables are released for whole periods that are over (ST-02)."""
    return period.end < today


def is_safe_beside(content: Data, hidden_now: dict) -> bool:
    """What is released hides what all earlier releases make necessary on the day of the release (ST-04)."""
    return content["hidden"] == hidden_now


def audience_of(actor: Actor, snapshot: Snapshot) -> Audience:
    """Below 5 nothing shows to funder and district, below 3 to nobody (ST-05)."""
    is_at_home = actor.organisation_id == snapshot.organisation_id and not actor.role_keys.issubset(EXTERNAL)
    return Audience.INSIDE if is_at_home else Audience.OUTSIDE


def sees_exact(actor: Actor, snapshot: Snapshot) -> bool:
    """Exact numbers are shown to who reads every file behind them: the technical lead of the one site (ST-05)."""
    return snapshot.site_id in actor.reviewed_site_ids


def keeps_map(actor: Actor) -> bool:
    """The map of the social spaces is kept by who leads and counts: technical lead, management, coordination (ST-09)."""
    return decides_figures(actor)
