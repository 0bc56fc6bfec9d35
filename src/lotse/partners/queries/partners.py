from django.db.models import QuerySet

from lotse.core.finding import found
from lotse.core.search import fold, prefix_end
from lotse.organisations.actor import Actor
from lotse.partners.models import Partner


def partner_list(actor: Actor, text: str = "") -> QuerySet[Partner]:
    partners = Partner.objects.visible_to(actor).filter(is_active=True).order_by("name_key", "id")
    key = fold(text)
    return partners.filter(name_key__gte=key, name_key__lt=prefix_end(key)) if key else partners


def get_partner(actor: Actor, public_id: str) -> Partner:
    return found(Partner.objects.visible_to(actor), public_id)
