"""What quality asks of somebody today, for *Heute*: of each kind one line, all in one statement."""

from datetime import date

from lotse.core.bundles import Bundle
from lotse.core.work import WorkItem
from lotse.organisations.actor import Actor
from lotse.quality import rules
from lotse.quality.queries import (
    audits_today,
    certification_today,
    duty_today,
    evidence_today,
    improvements_today,
    papers_today,
)

AREAS = (duty_today, improvements_today, papers_today, audits_today, evidence_today, certification_today)
BUNDLE = Bundle({key: kind for area in AREAS for key, kind in area.KINDS.items()})


def work_items(actor: Actor, today: date) -> list[WorkItem]:
    """However much there is; none for who comes from outside."""
    return BUNDLE.items(actor, today) if rules.enters(actor) else []
