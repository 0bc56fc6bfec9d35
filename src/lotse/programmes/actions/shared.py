"""What every act on a grant begins with."""

from lotse.auditlog.door import require
from lotse.organisations.actor import Actor
from lotse.programmes import rules
from lotse.programmes.models import Grant
from lotse.programmes.queries.grants import WHO_COORDINATES

__all__ = ["WHO_COORDINATES", "coordinated"]


def coordinated(by: Actor, grant: Grant) -> Grant:
    """Inside an action: the grant under a lock; refused to who does not coordinate it."""
    rows = Grant.objects.select_for_update(of=("self",)).select_related("organisation", "programme")
    fresh = rows.get(pk=grant.pk)
    require(rules.coordinates(by, fresh.organisation), WHO_COORDINATES)
    return fresh
