from datetime import date

from django.db.models import QuerySet

from lotse.catalogues.loader import catalogue
from lotse.core.errors import NotAllowed
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, PostShare, Site
from lotse.programmes.models import Grant, PostFunding, Programme, SiteOffer

NOT_YOURS = "Programme pflegt, wer die oberste Organisation verwaltet."


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


def keeps_programmes(actor: Actor) -> bool:
    """Programmes belong to all carriers: names and years are kept by who manages a root of the tree."""
    if not actor.may(Permission.MANAGE_ORGANISATION):
        return False
    return Organisation.objects.filter(parent=None, pk__in=actor.managed_organisation_ids).exists()


def programme_list() -> list[Programme]:
    """No secret: everybody at work may know what is offered."""
    return list(Programme.objects.select_related("funder").prefetch_related("names"))


def get_programme(public_id: str) -> Programme:
    return found(Programme.objects.select_related("funder").prefetch_related("names", "funding_years"), public_id)


def kept_programme(actor: Actor, public_id: str) -> Programme:
    found = get_programme(public_id)
    if not keeps_programmes(actor):
        raise NotAllowed(NOT_YOURS)
    return found


def offers_of(actor: Actor, programme: Programme) -> QuerySet[SiteOffer]:
    offers = SiteOffer.objects.visible_to(actor).filter(programme=programme)
    return offers.select_related("site__organisation").order_by("site__name", "-valid_from", "id")


def fundings_of(actor: Actor, programme: Programme) -> QuerySet[PostFunding]:
    """Whose post the programme pays: for who manages the organisation of the post."""
    fundings = PostFunding.objects.visible_to(actor).filter(programme=programme)
    managed = fundings.filter(share__post__organisation_id__in=actor.managed_organisation_ids)
    return managed.select_related("share__person", "share__post__organisation", "grant").order_by("-valid_from", "id")


def get_offer(actor: Actor, public_id: str) -> SiteOffer:
    return found(SiteOffer.objects.visible_to(actor).select_related("programme", "site"), public_id)


def get_funding(actor: Actor, public_id: str) -> PostFunding:
    fundings = PostFunding.objects.visible_to(actor).select_related("programme", "share__post", "share__person")
    return found(fundings, public_id)


def managed_sites(actor: Actor) -> list[Site]:
    return list(Site.objects.visible_to(actor).filter(organisation_id__in=actor.managed_organisation_ids))


def managed_shares(actor: Actor, day: date) -> list[PostShare]:
    """Shares that somebody fills on a day or later, by name."""
    shares = PostShare.objects.visible_to(actor).filter(post__organisation_id__in=actor.managed_organisation_ids)
    running = shares.exclude(valid_to__lt=day).select_related("person", "post__organisation")
    return list(running.order_by("person__name_key", "id"))


def grants_offered(actor: Actor, programme: Programme) -> dict[str, Grant]:
    """Of the programme, out of which a share may be paid; the newest first."""
    rows = Grant.objects.visible_to(actor).filter(programme=programme).order_by("-first_year", "name", "id")
    return {grant.public_id: grant for grant in rows}


def delimitation() -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The table that tells programmes apart: their names, and per criterion one word for each (model.md §2.4)."""
    released = catalogue("programme_delimitation")
    rows = [(group, [released.label(key) for key, _label in choices]) for group, choices in released.grouped_choices]
    programmes = dict.fromkeys(entry.hint for entry in released.entries.values())
    return list(programmes), rows
