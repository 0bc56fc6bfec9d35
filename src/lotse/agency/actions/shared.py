"""What acts on rows of an agency and its documents have in common."""

from typing import Any, TypeVar

from django.db.models import Model

from lotse.agency import rules
from lotse.agency.actions.papers import WHO_WRITES
from lotse.auditlog.door import require
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor

R = TypeVar("R", bound=Model)
OWN_COLUMNS = ("id", "public_id", "created_at")


def own(by: Actor, row: R) -> R:
    """Inside an action: a row of an agency under a lock, hers to write."""
    require(rules.works_in(by, row.agency), WHO_WRITES)  # type: ignore[attr-defined]
    return locked(row)


def copy_of(row: R, **changed: Any) -> R:
    """Inside an action: a new row that says the same, but for what has `changed`, by the names of the columns."""
    columns = [f.attname for f in row._meta.concrete_fields if f.name not in OWN_COLUMNS]
    kept = {name: getattr(row, name) for name in columns}
    return type(row)._base_manager.create(**{**kept, **changed})
