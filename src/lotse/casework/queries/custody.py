from django.db.models import Exists, OuterRef, Q, QuerySet

from lotse.casework.enums import Damage
from lotse.casework.models import Client, ClientProperty, CounsellingCase
from lotse.core.finding import found
from lotse.organisations.actor import Actor


def property_of(client: Client) -> list[ClientProperty]:
    """What lies here first, then what went back."""
    rows = client.property.select_related("received_by", "returned_by", "damage")
    return sorted(rows, key=lambda item: item.returned_on is not None)


def get_property(actor: Actor, client: Client, public_id: str) -> ClientProperty:
    rows = ClientProperty.objects.visible_to(actor, one=True).filter(client=client)
    return found(rows.select_related("client__site", "received_by", "returned_by", "damage"), public_id)


def still_owed(rows: QuerySet[ClientProperty]) -> QuerySet[ClientProperty]:
    """What must still go back: not returned, and not lost with the loss settled."""
    return rows.filter(returned_on=None).exclude(damage__kind=Damage.LOST, damage__settled_on__isnull=False)


def owed_to(client: Client) -> list[ClientProperty]:
    return list(still_owed(client.property.all()))


def left_behind(rows: QuerySet[ClientProperty]) -> QuerySet[ClientProperty]:
    """What must still go back although the counselling is over: no case is open, or the file rests."""
    open_case = CounsellingCase.objects.filter(client=OuterRef("client"), ended_on=None)
    return still_owed(rows).filter(Q(client__restricted_on__isnull=False) | ~Exists(open_case))


def my_left_behind(actor: Actor, limit: int = 20) -> list[ClientProperty]:
    """In my own files, the longest here first; until it is returned or settled."""
    mine = {"client__responsible_id__in": actor.file_holder_ids, "organisation_id": actor.organisation_id}
    rows = left_behind(ClientProperty.objects.filter(**mine)).select_related("client")
    return list(rows.order_by("received_on", "id")[:limit])
