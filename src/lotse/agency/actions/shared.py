"""What the acts on rows of an agency begin with."""

from typing import TypeVar

from django.db.models import Model

from lotse.agency import rules
from lotse.agency.actions.papers import WHO_WRITES
from lotse.auditlog.door import require
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor

R = TypeVar("R", bound=Model)


def own(by: Actor, row: R) -> R:
    """Inside an action: a row of an agency under a lock, hers to write."""
    require(rules.works_in(by, row.agency), WHO_WRITES)  # type: ignore[attr-defined]
    return locked(row)
