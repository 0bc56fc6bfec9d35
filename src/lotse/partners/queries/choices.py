"""Partners to choose from in a form: under their kinds, so that one finds the right one among three hundred."""

from collections.abc import Iterable

from lotse.catalogues.own_lists import lists_of
from lotse.organisations.actor import Actor
from lotse.partners.models import Partner

Grouped = list[tuple[str, list[tuple[str, str]]]]


def by_kind(actor: Actor, partners: Iterable[Partner]) -> Grouped:
    """Kind → public id and name; kinds and names in order. What a partner also is stands in further groups only on its page."""
    lists, groups = lists_of(actor.organisation_id), dict[str, list[tuple[str, str]]]()
    for partner in partners:
        groups.setdefault(partner.category, []).append((partner.public_id, partner.name))
    return sorted((lists.label("partner_category", kind), rows) for kind, rows in groups.items())
