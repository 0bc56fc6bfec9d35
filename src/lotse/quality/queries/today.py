"""What quality asks of somebody today, for *Heute*: of each kind one line, all in one statement."""

from datetime import date

from lotse.core.bundles import bundled
from lotse.core.work import WorkItem
from lotse.organisations.actor import Actor
from lotse.quality import rules
from lotse.quality.queries import audits_today, improvements_today

KINDS = {**improvements_today.KINDS, **audits_today.KINDS}


def work_items(actor: Actor, today: date) -> list[WorkItem]:
    """However much there is; none for who comes from outside."""
    return bundled(KINDS, actor, today) if rules.enters(actor) else []
