from lotse.casework.models import Client, ClientProperty
from lotse.core.finding import found
from lotse.organisations.actor import Actor


def property_of(client: Client) -> list[ClientProperty]:
    """What lies here first, then what went back."""
    rows = client.property.select_related("received_by", "returned_by", "damage")
    return sorted(rows, key=lambda item: item.returned_on is not None)


def get_property(actor: Actor, client: Client, public_id: str) -> ClientProperty:
    rows = ClientProperty.objects.visible_to(actor, one=True).filter(client=client)
    return found(rows.select_related("client__site", "received_by", "returned_by", "damage"), public_id)
