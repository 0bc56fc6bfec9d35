from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

LEADS = (Permission.MANAGE_TEXTS, Permission.MANAGE_ORGANISATION)


def keeps_map(actor: Actor) -> bool:
    """Who leads and counts: technical lead, management, coordination."""
    return actor.may(Permission.COUNT_CLIENTS) and any(actor.may(permission) for permission in LEADS)
