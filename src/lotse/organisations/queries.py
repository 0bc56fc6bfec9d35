"""Reading the organisation."""

from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum
from django.http import Http404
from django.utils import timezone

from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person, PostShare, Site


def sites_of(actor: Actor) -> list[Site]:
    """The sites the actor works at; her carrier's where she belongs to none."""
    sites = Site.objects.filter(organisation_id=actor.organisation_id)
    return list(sites.filter(pk__in=actor.site_ids) if actor.site_ids else sites)


def colleagues(actor: Actor) -> list[Person]:
    """Everybody at work in the actor's organisation but herself."""
    at_work = Person.objects.filter(organisation_id=actor.organisation_id).at_work_on(timezone.localdate())
    return list(at_work.exclude(pk=actor.person_id))


def counted_sites(actor: Actor) -> list[Site]:
    return list(Site.objects.filter(organisation_id__in=actor.counted_organisation_ids))


def organisation_tree(actor: Actor) -> list[Organisation]:
    """The actor's own branch from the root down, and what she manages, in tree order."""
    own = Organisation.objects.get(pk=actor.organisation_id)
    root = own.path.split("/")[1]
    return list(Organisation.objects.filter(path__startswith=f"/{root}/").select_related("parent").order_by("path"))


def organisation_for(actor: Actor, public_id: str) -> Organisation:
    found = next((o for o in organisation_tree(actor) if o.public_id == public_id), None)
    if found is None:
        raise Http404
    return found


def staffing(top: Organisation, day: date) -> tuple[Decimal, int]:
    """Of a unit and all below it. Full-time equivalents and heads; heads are not FTE, one person may hold several shares."""
    shares = PostShare.objects.valid_on(day).filter(post__organisation__path__startswith=top.path)
    found = shares.aggregate(fte=Sum("fte"), heads=Count("person_id", distinct=True))
    return found["fte"] or Decimal(0), found["heads"]


def own_organisation(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=actor.organisation_id)


def sites_led(actor: Actor) -> list[Site]:
    """Sites whose files she reviews as their technical lead."""
    return list(Site.objects.filter(pk__in=actor.reviewed_site_ids)) if actor.reviewed_site_ids else []
