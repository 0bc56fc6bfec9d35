from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

DECIDES = (Permission.MANAGE_TEXTS, Permission.MANAGE_ORGANISATION)


def decides_figures(actor: Actor) -> bool:
    """Values of figures are set, and the year is rated, by who leads and counts: technical lead, management, district."""
    return actor.may(Permission.COUNT_CLIENTS) and any(actor.may(permission) for permission in DECIDES)
