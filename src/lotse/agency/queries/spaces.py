from django.db.models import F, QuerySet

from lotse.agency.models import SocialSpace
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation


def spaces(actor: Actor, agency: Organisation) -> QuerySet[SocialSpace]:
    """Those that have ended stand last."""
    rows = SocialSpace.objects.visible_to(actor).filter(agency=agency)
    return rows.order_by(F("ended_on").desc(nulls_first=True), "name", "id")


def get_space(actor: Actor, public_id: str) -> SocialSpace:
    return found(SocialSpace.objects.visible_to(actor).select_related("agency"), public_id)
