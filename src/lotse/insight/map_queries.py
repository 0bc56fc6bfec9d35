from lotse.insight.models import AreaMap
from lotse.organisations.actor import Actor


def area_map(actor: Actor) -> AreaMap | None:
    """Of her own organisation, else of one that she looks after."""
    found = list(AreaMap.objects.visible_to(actor)[:50])
    return min(found, key=lambda row: row.organisation_id != actor.organisation_id, default=None)
