"""Reading what the pages of an organisation show: people, posts, sites. Always for an actor."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import Http404

from lotse.core.errors import NotAllowed
from lotse.core.finding import found
from lotse.core.search import fold, prefix_end
from lotse.organisations import rules
from lotse.organisations.actor import Actor
from lotse.organisations.models import Deputy, Membership, Organisation, Person, Post, PostShare, Site
from lotse.organisations.queries import organisation_for


def organisation_inside(actor: Actor, public_id: str) -> Organisation:
    """For people, posts and roles: who neither works there nor manages it finds nothing."""
    organisation = organisation_for(actor, public_id)
    if not rules.looks_inside(actor, organisation.pk):
        raise Http404
    return organisation


def managed_organisation(actor: Actor, public_id: str) -> Organisation:
    organisation = organisation_for(actor, public_id)
    if not rules.manages(actor, organisation.pk):
        raise NotAllowed("Das pflegt, wer diese Organisation verwaltet.")
    return organisation


def places_for(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """Where it could stand in the tree: everywhere the actor manages but below itself; nowhere unless she manages above."""
    if organisation.parent_id is None or not rules.manages(actor, organisation.parent_id):
        raise NotAllowed("Verschieben kann, wer auch die Organisation darüber verwaltet.")
    managed = Organisation.objects.filter(pk__in=actor.managed_organisation_ids)
    return list(managed.exclude(path__startswith=organisation.path))


def named(organisation: Organisation) -> Organisation:
    """With its names over time."""
    prefetch_related_objects([organisation], "names")
    return organisation


def get_person(actor: Actor, public_id: str) -> Person:
    return found(Person.objects.visible_to(actor).select_related("organisation", "user"), public_id)


def get_site(actor: Actor, organisation: Organisation, public_id: str) -> Site:
    return found(
        Site.objects.visible_to(actor).filter(organisation=organisation).select_related("branch_of"), public_id
    )


def visible_site(actor: Actor, public_id: str) -> Site:
    return found(Site.objects.visible_to(actor).select_related("organisation"), public_id)


def get_post(actor: Actor, public_id: str) -> Post:
    return found(Post.objects.visible_to(actor).select_related("organisation", "site"), public_id)


def get_share(actor: Actor, public_id: str) -> PostShare:
    return found(PostShare.objects.visible_to(actor).select_related("post__organisation", "person"), public_id)


def get_role(actor: Actor, public_id: str) -> Membership:
    return found(Membership.objects.visible_to(actor).select_related("organisation", "person"), public_id)


def get_deputy(actor: Actor, public_id: str) -> Deputy:
    return found(Deputy.objects.visible_to(actor).select_related("person__organisation", "deputy"), public_id)


def staff_of(
    actor: Actor, organisation: Organisation, day: date, text: str = "", gone: bool = False
) -> QuerySet[Person]:
    """Who is employed here, by name; with `gone` who has left."""
    people = Person.objects.visible_to(actor).filter(organisation=organisation)
    people = people.filter(left_on__lt=day) if gone else people.at_work_on(day)
    key = fold(text)
    return people.filter(name_key__gte=key, name_key__lt=prefix_end(key)) if key else people


def managed_people(actor: Actor, day: date) -> list[Person]:
    """Everybody at work in the organisations the actor manages: to whom she may give roles and posts."""
    people = Person.objects.filter(organisation_id__in=actor.managed_organisation_ids).at_work_on(day)
    return list(people.select_related("organisation", "user").order_by("name_key", "id"))


def sites_of_organisation(organisation: Organisation) -> list[Site]:
    return list(organisation.sites.all())


def site_languages(organisation: Organisation, day: date) -> dict[int, list[str]]:
    """Site → languages of the people who counsel there that day; nobody keeps a list by hand."""
    at_sites = Membership.objects.in_force(day).filter(site__organisation=organisation)
    spoken: dict[int, set[str]] = defaultdict(set)
    for site_id, languages in at_sites.values_list("site_id", "person__languages"):
        spoken[site_id].update(languages)
    return {site_id: sorted(languages) for site_id, languages in spoken.items()}


def posts_of(actor: Actor, organisation: Organisation, day: date) -> QuerySet[Post]:
    """With the shares of that day in `today`, two statements a page."""
    shares = PostShare.objects.valid_on(day).select_related("person", "substitute_for").order_by("valid_from", "id")
    posts = Post.objects.visible_to(actor).filter(organisation=organisation).select_related("site")
    return posts.prefetch_related(Prefetch("shares", shares, to_attr="today"))


def shares_of_people(people: Iterable[Person]) -> dict[int, list[PostShare]]:
    by_person: dict[int, list[PostShare]] = defaultdict(list)
    for share in PostShare.objects.filter(person__in=list(people)):
        by_person[share.person_id].append(share)
    return by_person


def shares_held(person: Person) -> list[PostShare]:
    return list(
        person.shares.select_related("post__organisation").order_by(F("valid_to").desc(nulls_first=True), "-id")
    )


def roles_held(person: Person) -> list[Membership]:
    rows = person.memberships.select_related("organisation", "site", "granted_by", "confirmed_by")
    return list(rows.order_by(F("valid_to").desc(nulls_first=True), "-id"))


def deputies_around(person: Person) -> list[Deputy]:
    """Who stands in for her, and for whom she stands in."""
    rows = Deputy.objects.filter(Q(person=person) | Q(deputy=person)).select_related("person", "deputy", "granted_by")
    return list(rows.order_by("-valid_from", "-id"))
