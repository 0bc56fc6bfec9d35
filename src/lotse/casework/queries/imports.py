"""What a table of clients is compared with, and who and where its rows may go to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from lotse.casework.models import Client
from lotse.core.models import Draft
from lotse.core.search import fold
from lotse.organisations.actor import Actor
from lotse.organisations.models import Membership, Person, Site
from lotse.organisations.roles import COUNSELLING_ROLES

WHOLE = ("site", "responsible", "household")


def sites_to_fill(actor: Actor) -> dict[str, Site]:
    """Only where the actor reads every file anyway, so that an import shows her nothing new."""
    return {site.public_id: site for site in Site.objects.filter(pk__in=actor.reviewed_site_ids)}


def counsellors_at(actor: Actor) -> dict[str, Person]:
    """Who counsels today at one of these sites, or in the whole organisation."""
    here = Q(site_id__in=actor.reviewed_site_ids) | Q(site=None, organisation_id=actor.organisation_id)
    roles = Membership.objects.in_force(timezone.localdate()).filter(here, role__in=COUNSELLING_ROLES)
    people = Person.objects.filter(pk__in=roles.values("person_id")).at_work_on(timezone.localdate())
    return {person.public_id: person for person in people.order_by("name_key", "id")}


def former_counsellors(actor: Actor) -> dict[str, Person]:
    """Whom existing files name, so that they are known when the same table comes back."""
    files = Client.objects.visible_to(actor).order_by().values("responsible_id").distinct()
    return {person.public_id: person for person in Person.objects.filter(pk__in=files)}


def exported_clients(actor: Actor) -> QuerySet[Client]:
    """Resting files do not leave the house (DP-12)."""
    return Client.objects.visible_to(actor).filter(restricted_on=None).select_related(*WHOLE).order_by("name_key", "id")


class Known(NamedTuple):
    pk: int
    public_id: str
    number: int
    name_key: str
    birth_date: date | None


@dataclass
class Stock:
    """Everybody whom the organisation knows, by what a duplicate shows itself."""

    by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_birth: dict[date, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_ref: dict[str, Known] = field(default_factory=dict)

    def alike(self, first_name: str, last_name: str, birth: date | None) -> list[Known]:
        """Same folded name in either order, or same birth date and a name that begins alike (`likely_duplicates`)."""
        straight, swapped = fold(f"{last_name} {first_name}"), fold(f"{first_name} {last_name}")
        found = [*self.by_name.get(straight, ()), *(self.by_name.get(swapped, ()) if swapped != straight else ())]
        beginning = fold(last_name)[:3]
        if birth and beginning:
            found += [k for k in self.by_birth.get(birth, ()) if f" {beginning}" in f" {k.name_key}"]
        return list(dict.fromkeys(found))


def stock_of(actor: Actor) -> Stock:
    stock = Stock()
    people = Client.objects.filter(organisation_id=actor.organisation_id).order_by("id")
    for row in people.values_list("pk", "public_id", "number", "name_key", "birth_date").iterator(5000):
        known = Known(*row)
        stock.by_name[known.name_key].append(known)
        stock.by_ref[known.public_id] = known
        if known.birth_date:
            stock.by_birth[known.birth_date].append(known)
    return stock


def open_files(actor: Actor, pks: Sequence[int], step: int = 5000) -> dict[int, Client]:
    """Those of them that the actor may see, whole."""
    found: dict[int, Client] = {}
    for start in range(0, len(pks), step):
        some = Client.objects.visible_to(actor).filter(pk__in=pks[start : start + step])
        found |= {client.pk: client for client in some.select_related(*WHOLE)}
    return found


def names_of(actor: Actor, refs: Sequence[str]) -> dict[str, str]:
    seen = Client.objects.visible_to(actor).filter(public_id__in=refs)
    return {c.public_id: f"{c.last_name}, {c.first_name} (Nr. {c.number})" for c in seen}


def shares_household(refs: Sequence[str]) -> set[str]:
    """Somebody else has moved into the household that came with them. Two flat questions: as one, PostgreSQL joins
    tables it has not analysed yet for minutes."""
    homes = dict(Client.objects.filter(public_id__in=refs).values_list("public_id", "household_id"))
    others = Client.objects.filter(household_id__in=set(homes.values())).exclude(public_id__in=refs)
    joined = set(others.values_list("household_id", flat=True))
    return {ref for ref, home in homes.items() if home in joined}


def with_drafts(refs: Sequence[str]) -> set[str]:
    return set(Draft.objects.filter(object_ref__in=refs).values_list("object_ref", flat=True))
