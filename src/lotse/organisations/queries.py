"""Reading the organisation, and finding out who acts."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import Http404
from django.utils import timezone

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Deputy, Membership, Organisation, Person, PostShare, Site
from lotse.organisations.roles import ROLES


def actor_for_user(user: Any, day: date | None = None) -> Actor | None:
    """The actor behind a login, or None for a login without a person. Three statements."""
    person = Person.objects.filter(user_id=user.pk, left_on=None).first()
    return actor_for(person, day) if person else None


def actor_for(person: Person, day: date | None = None) -> Actor:
    day = day or timezone.localdate()
    memberships = list(Membership.objects.in_force(day).filter(person=person).select_related("organisation"))
    return Actor(
        person_id=person.pk,
        user_id=person.user_id,
        ref=person.public_id,
        label=str(person),
        organisation_id=person.organisation_id,
        permissions=frozenset(p for m in memberships for p in ROLES[m.role].permissions),
        role_keys=frozenset(m.role for m in memberships),
        site_ids=frozenset(m.site_id for m in memberships if m.site_id),
        file_holder_ids=_file_holders(person, memberships, day),
        reviewed_site_ids=_sites_with(Permission.REVIEW_FILES, memberships),
        counted_organisation_ids=_organisations_with(Permission.COUNT_CLIENTS, memberships),
        managed_organisation_ids=_organisations_with(Permission.MANAGE_ORGANISATION, memberships),
    )


def _file_holders(person: Person, memberships: list[Membership], day: date) -> frozenset[int]:
    if not any(Permission.COUNSEL in ROLES[m.role].permissions for m in memberships):
        return frozenset()
    stands_in = Deputy.objects.in_force(day).filter(deputy=person).values_list("person_id", flat=True)
    return frozenset({person.pk, *stands_in})


def _sites_with(permission: Permission, memberships: list[Membership]) -> frozenset[int]:
    return frozenset(m.site_id for m in memberships if m.site_id and permission in ROLES[m.role].permissions)


def _organisations_with(permission: Permission, memberships: list[Membership]) -> frozenset[int]:
    """The organisations of the grants and everything below them."""
    roots = [m.organisation.path for m in memberships if permission in ROLES[m.role].permissions]
    if not roots:
        return frozenset()
    below = Organisation.objects.values_list("pk", "path")
    return frozenset(pk for pk, path in below if any(path.startswith(root) for root in roots))


def sites_of(actor: Actor) -> list[Site]:
    """The sites the actor works at; her carrier's where she belongs to none."""
    sites = Site.objects.filter(organisation_id=actor.organisation_id)
    return list(sites.filter(pk__in=actor.site_ids) if actor.site_ids else sites)


def colleagues(actor: Actor) -> list[Person]:
    """Everybody at work in the actor's organisation but herself."""
    return list(Person.objects.filter(organisation_id=actor.organisation_id, left_on=None).exclude(pk=actor.person_id))


def counted_sites(actor: Actor) -> list[Site]:
    return list(Site.objects.filter(organisation_id__in=actor.counted_organisation_ids))


def organisation_tree(actor: Actor) -> list[Organisation]:
    """The actor's own branch from the root down, and what she manages, in tree order."""
    own = Organisation.objects.get(pk=actor.organisation_id)
    root = own.path.split("/")[1]
    return list(Organisation.objects.filter(path__startswith=f"/{root}/").order_by("path"))


def people_of(organisation: Organisation, day: date) -> list[Person]:
    return list(Person.objects.filter(organisation=organisation).filter(Q(left_on=None) | Q(left_on__gte=day)))


def organisation_for(actor: Actor, public_id: str) -> Organisation:
    found = next((o for o in organisation_tree(actor) if o.public_id == public_id), None)
    if found is None:
        raise Http404
    return found


def staffing(organisations: list[Organisation], day: date) -> tuple[Decimal, int]:
    """Full-time equivalents and heads; heads are not FTE, one person may hold several shares."""
    shares = PostShare.objects.valid_on(day).filter(post__organisation__in=organisations)
    found = shares.aggregate(fte=Sum("fte"), heads=Count("person_id", distinct=True))
    return found["fte"] or Decimal(0), found["heads"]
