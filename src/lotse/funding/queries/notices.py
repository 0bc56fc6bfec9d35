"""Notices of the authority, for who keeps the funds of the receiver."""

from django.db.models import QuerySet

from lotse.core.finding import found
from lotse.funding.models import GrantNotice
from lotse.organisations.actor import Actor
from lotse.programmes.models import Grant


def notices(actor: Actor, grant: Grant) -> QuerySet[GrantNotice]:
    """The newest first, with their years."""
    rows = GrantNotice.objects.visible_to(actor).filter(grant=grant).select_related("file").prefetch_related("years")
    return rows.order_by("-dated_on", "-id")


def get_filed(actor: Actor, public_id: str) -> GrantNotice:
    """One that lies here as a file."""
    return found(GrantNotice.objects.visible_to(actor).exclude(file=None).select_related("file"), public_id)
