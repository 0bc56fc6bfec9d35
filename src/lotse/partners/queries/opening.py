"""The guided list of intercultural opening of a site, and the pool of what colleagues know."""

from dataclasses import dataclass

from django.utils import timezone

from lotse.catalogues.own_lists import lists_of
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Site
from lotse.partners import rules
from lotse.partners.models import Expertise, OpeningEntry

ITEMS, FIELDS = "opening_item", "expert_field"


@dataclass(frozen=True)
class Item:
    key: str
    label: str
    entries: list[OpeningEntry]


def own_sites(actor: Actor) -> list[Site]:
    """Of the house; where she works first."""
    sites = Site.objects.filter(organisation_id=actor.organisation_id).order_by("name", "id")
    return sorted(sites, key=lambda site: site.pk not in actor.site_ids)


def get_site(actor: Actor, public_id: str) -> Site:
    return found(Site.objects.filter(organisation_id=actor.organisation_id), public_id)


def guided_list(actor: Actor, site: Site) -> list[tuple[str, list[Item]]]:
    """By group; what the house does not offer any more stays as long as something stands there."""
    entries: dict[str, list[OpeningEntry]] = {}
    for entry in OpeningEntry.objects.visible_to(actor).filter(site=site):
        entries.setdefault(entry.item, []).append(entry)
    offered = lists_of(actor.organisation_id).get(ITEMS).grouped_choices_on(timezone.localdate(), list(entries))
    return [(group, [Item(key, label, entries.get(key, [])) for key, label in rows]) for group, rows in offered]


def item_label(actor: Actor, key: str) -> str:
    """Empty where the list does not know it."""
    known = lists_of(actor.organisation_id).get(ITEMS)
    return known.label(key) if key in known.entries else ""


def get_entry(actor: Actor, public_id: str) -> OpeningEntry:
    return found(OpeningEntry.objects.visible_to(actor).select_related("site"), public_id)


def pool(actor: Actor, field: str = "") -> list[Expertise]:
    """What colleagues of the own house offer today."""
    if not rules.sees_pool(actor):
        return []
    rows = Expertise.objects.visible_to(actor).filter(organisation_id=actor.organisation_id)
    rows = rows.offered_on(timezone.localdate()).select_related("person", "organisation")
    if field:
        rows = rows.filter(field=field)
    order = list(lists_of(actor.organisation_id).get(FIELDS).entries)
    return sorted(
        rows, key=lambda row: (order.index(row.field) if row.field in order else 99, row.person.name_key, row.pk)
    )


def my_expertise(actor: Actor) -> dict[str, Expertise]:
    """By field, also what has run out."""
    return {row.field: row for row in Expertise.objects.filter(person_id=actor.person_id)}


def get_my_expertise(actor: Actor, public_id: str) -> Expertise:
    return found(Expertise.objects.filter(person_id=actor.person_id), public_id)
