from datetime import date

from lotse.organisations.actor import Actor
from lotse.programmes.models import Programme, SiteOffer


def counselling_offers(actor: Actor, day: date) -> list[SiteOffer]:
    """What the actor's sites offer on a day; her whole carrier's where she belongs to no site."""
    offers = SiteOffer.objects.valid_on(day).filter(programme__is_counselling=True)
    at_home = {"site_id__in": actor.site_ids} if actor.site_ids else {"site__organisation_id": actor.organisation_id}
    return list(offers.filter(**at_home).select_related("programme", "site").order_by("site__name", "programme__name"))


def offered_programmes(actor: Actor) -> list[Programme]:
    offered = SiteOffer.objects.filter(
        site__organisation_id__in={actor.organisation_id, *actor.counted_organisation_ids}
    )
    return list(Programme.objects.filter(pk__in=offered.values("programme_id")))
