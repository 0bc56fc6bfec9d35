"""One row of what somebody may see, by the id in the address."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)


def found(rows: QuerySet[M], public_id: str) -> M:
    """What the actor may not see does not exist for her."""
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row
