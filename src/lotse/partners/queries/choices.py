"""Partners to choose from in a form: under their kinds, so that one finds the right one among three hundred."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from lotse.catalogues.own_lists import lists_of
from lotse.organisations.actor import Actor
from lotse.partners.models import Partner, PartnerLanguage

Grouped = list[tuple[str, list[tuple[str, str]]]]
GERMAN = "de"


@dataclass(frozen=True)
class Choice:
    """`offered`: language, its word, and how many speak it; `language`: the one that the list is narrowed to, or none."""

    grouped: Grouped
    offered: list[tuple[str, str, int]]
    language: str = ""


def by_kind(actor: Actor, partners: Iterable[Partner]) -> Grouped:
    """Kind → public id and name; kinds and names in order. What a partner also is stands in further groups only on its page."""
    lists, groups = lists_of(actor.organisation_id), dict[str, list[tuple[str, str]]]()
    for partner in partners:
        groups.setdefault(partner.category, []).append((partner.public_id, partner.name))
    return sorted((lists.label("partner_category", kind), rows) for kind, rows in groups.items())


def choice(
    actor: Actor, partners: Collection[Partner], languages: Iterable[str], wanted: str = "", chosen: str = ""
) -> Choice:
    """Narrowed to who speaks the language, where it is one of these. Who is chosen already stays in the list."""
    spoken = _speakers(actor, [key for key in dict.fromkeys(languages) if key and key != GERMAN])
    shown = spoken.get(wanted)
    if shown is not None:
        partners = [one for one in partners if one.pk in shown or one.public_id == chosen]
    lists = lists_of(actor.organisation_id)
    offered = [(key, lists.label("language", key), len(speakers)) for key, speakers in spoken.items()]
    return Choice(by_kind(actor, partners), offered, wanted if shown is not None else "")


def _speakers(actor: Actor, languages: list[str]) -> dict[str, set[int]]:
    """In general or in an offer that there still is; a language that nobody speaks is left out."""
    if not languages:
        return {}
    current = Q(offer=None) | Q(offer__valid_to=None) | Q(offer__valid_to__gte=timezone.localdate())
    house = Q(partner__organisation_id=actor.organisation_id, partner__ended_on=None)
    found: dict[str, set[int]] = defaultdict(set)
    rows = PartnerLanguage.objects.filter(house, current, language__in=languages).order_by()
    for language, partner in rows.values_list("language", "partner_id"):
        found[language].add(partner)
    return {key: found[key] for key in languages if key in found}
