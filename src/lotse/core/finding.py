"""One row of what somebody may see, by the id in the address."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)


def found(rows: QuerySet[M], public_id: str, by: str = "public_id") -> M:
    """What the actor may not see does not exist for her. `by`: where the id stands, if it is not the row's own."""
    row = rows.filter(**{by: public_id}).first()
    if row is None:
        raise Http404
    return row
