"""Who works with whom and how close, as of a day: for a partner's page, and for the map of all of them."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from lotse.catalogues.own_lists import lists_of
from lotse.organisations.actor import Actor
from lotse.partners.enums import Closeness
from lotse.partners.models import Partner, PartnerRelation

MOST = 40  # more than that nobody can read in one picture
BY_CATEGORY, BY_SPACE = "art", "raum"
NO_SPACE = "ohne Sozialraum"
REST = ("*", "alle übrigen")


@dataclass(frozen=True)
class Node:
    """A partner, or several together. `closeness`: to our house, the closest of them; None: nothing is kept."""

    key: str
    label: str
    closeness: Closeness | None
    count: int = 1
    partner: Partner | None = None


@dataclass(frozen=True)
class Edge:
    """Between two nodes; `count` relations, of which this is the closest."""

    first: str
    second: str
    closeness: Closeness
    count: int = 1


@dataclass(frozen=True)
class Network:
    """`is_grouped`: the nodes are groups of partners. `is_many`: all of them do not fit into one picture."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    is_grouped: bool = False
    is_many: bool = False
    closeness: Counter = field(default_factory=Counter)


def relations_of(actor: Actor, partner: Partner, today: date) -> list[tuple[Partner | None, PartnerRelation]]:
    """Whom it works with, our house first."""
    rows = PartnerRelation.objects.visible_to(actor).on_day(today).filter(Q(partner=partner) | Q(other=partner))
    found = [
        (row.partner if row.other_id == partner.pk else row.other, row)
        for row in rows.select_related("partner", "other")
    ]
    return sorted(found, key=lambda pair: (pair[0] is not None, pair[0].name_key if pair[0] else ""))


def network(actor: Actor, today: date, by: str = "", only: str = "") -> Network:
    """Each partner by itself as long as they can be told apart, else in groups; `only`: the partners of one group."""
    partners = list(Partner.objects.visible_to(actor).filter(ended_on=None).order_by("name_key", "id"))
    rows = PartnerRelation.objects.visible_to(actor).on_day(today)
    triples = list(rows.values_list("partner_id", "other_id", "closeness"))
    group, is_many = _group_of(actor, by), len(partners) > MOST
    if only:
        partners = [partner for partner in partners if group(partner)[0] == only]
    if len(partners) > MOST or (by and not only):
        return replace(_grouped(partners, triples, group), is_many=is_many)
    return replace(_single(partners, triples), is_many=is_many)


def _group_of(actor: Actor, by: str) -> Callable[[Partner], tuple[str, str]]:
    """Key and words of the group that a partner belongs to."""
    if by == BY_SPACE:
        return lambda partner: (partner.social_space or "-", partner.social_space or NO_SPACE)
    words = lists_of(actor.organisation_id)
    return lambda partner: (partner.category, words.label("partner_category", partner.category))


Triple = tuple[int, int | None, str]


def _single(partners: Sequence[Partner], triples: Collection[Triple]) -> Network:
    known = {partner.pk: partner.public_id for partner in partners}
    ours = {pk: Closeness(how) for pk, other, how in triples if other is None}
    nodes = [Node(p.public_id, p.name, ours.get(p.pk), partner=p) for p in partners]
    edges = [Edge(known[one], known[two], Closeness(how)) for one, two, how in triples if one in known and two in known]
    return Network(_in_order(nodes), tuple(edges), closeness=_counted(partners, ours))


def _grouped(
    partners: Sequence[Partner], triples: Collection[Triple], group: Callable[[Partner], tuple[str, str]]
) -> Network:
    of = _few({partner.pk: group(partner) for partner in partners})
    ours = {pk: Closeness(how) for pk, other, how in triples if other is None}
    sizes = Counter(of.values())
    nodes = [Node(key, words, _closest(ours[pk] for pk in of if of[pk][0] == key and pk in ours), count) for (key, words), count in sizes.items()]  # fmt: skip
    pairs: dict[tuple[str, str], list[Closeness]] = {}
    for one, two, how in triples:
        if one in of and two in of and of[one] != of[two]:  # type: ignore[index]
            first, second = sorted((of[one][0], of[two][0]))  # type: ignore[index]
            pairs.setdefault((first, second), []).append(Closeness(how))
    edges = tuple(Edge(*pair, _closest(hows), len(hows)) for pair, hows in sorted(pairs.items()))  # type: ignore[arg-type]
    return Network(_in_order(nodes), edges, is_grouped=True, closeness=_counted(partners, ours))


def _few(of: dict[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """The largest groups as long as a picture can hold them, the others as one."""
    sizes = Counter(of.values())
    if len(sizes) <= MOST:
        return of
    largest = sorted(sizes, key=lambda one: (-sizes[one], one))[: MOST - 1]
    return {pk: one if one in largest else REST for pk, one in of.items()}


def _closest(found: "Collection[Closeness]") -> Closeness | None:
    kept = set(found)
    return next((one for one in Closeness if one in kept), None)


def _in_order(nodes: Collection[Node]) -> tuple[Node, ...]:
    """The closest first, then by name, so that a picture of the same partners is the same picture."""
    order = [*Closeness, None]
    return tuple(sorted(nodes, key=lambda node: (order.index(node.closeness), node.label.casefold(), node.key)))


def _counted(partners: Collection[Partner], ours: dict[int, Closeness]) -> Counter:
    return Counter(ours.get(partner.pk) for partner in partners)
