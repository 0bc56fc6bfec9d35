"""Social spaces of an agency renamed and ended; they are made where an analysis first speaks of them."""

from datetime import date

from lotse.agency.actions.shared import own
from lotse.agency.models import SocialSpace
from lotse.auditlog.door import action, record, refuse_if
from lotse.core.search import fold
from lotse.organisations.actions.shared import revise
from lotse.organisations.actor import Actor

THERE_ALREADY = "Diesen Sozialraum gibt es schon."


@action("social_space.changed", "hat einen Sozialraum geändert")
def change_space(
    *, by: Actor, space: SocialSpace, name: str, ended_on: date | None, revision: int | None = None
) -> SocialSpace:
    """Whatever speaks of it goes on to show it, by its new name."""
    fresh = own(by, space)
    others = SocialSpace.objects.filter(agency=fresh.agency_id).exclude(pk=fresh.pk)
    refuse_if(fold(name) in {fold(other.name) for other in others}, THERE_ALREADY, "name")
    record(fresh, fields=revise(fresh, {"name": name.strip(), "ended_on": ended_on}, revision))
    return fresh
