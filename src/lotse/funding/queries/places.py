"""What a page about a carrier's money is about: grant, year, the carriers that she sees, and the one that is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404

from lotse.core.typed import asked_year
from lotse.funding import rules
from lotse.funding.models import LedgerEntry
from lotse.funding.queries.grants import asked_grant, carriers, grants
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Post
from lotse.programmes.models import BudgetLine, Grant


@dataclass(frozen=True)
class Place:
    actor: Actor
    grant: Grant
    year: int
    carriers: list[Organisation]
    carrier: Organisation | None

    @property
    def is_received(self) -> bool:
        """She keeps the funds of the receiver of the grant, and so sees all carriers."""
        return rules.keeps_funds_of(self.actor, self.grant.organisation)

    @property
    def chosen(self) -> list[Organisation]:
        return [self.carrier] if self.carrier else self.carriers

    @property
    def query(self) -> str:
        carrier = {"traeger": self.carrier.public_id} if self.carrier and len(self.carriers) > 1 else {}
        return "?" + urlencode({"zuwendung": self.grant.public_id, "jahr": self.year, **carrier})

    def of(self, carrier: Organisation) -> "Place":
        return Place(self.actor, self.grant, self.year, self.carriers, carrier)


def asked_place(actor: Actor, query: Mapping[str, str], today: date) -> Place | None:
    """As the address names it, else the newest grant and this year; None where there is no grant."""
    grant = asked_grant(actor, query.get("zuwendung", ""))
    if grant is None:
        return None
    usual = min(max(today.year, grant.first_year), grant.last_year)
    seen = list(carriers(actor, grant))
    return Place(
        actor, grant, asked_year(query, grant.years, usual), seen, _asked_carrier(seen, query.get("traeger", ""))
    )


def _asked_carrier(seen: list[Organisation], asked: str) -> Organisation | None:
    if not asked:
        return seen[0] if len(seen) == 1 else None
    carrier = next((one for one in seen if one.public_id == asked), None)
    if carrier is None:
        raise Http404
    return carrier


def place_of_entry(actor: Actor, entry: LedgerEntry) -> Place:
    seen = list(carriers(actor, entry.grant))
    return Place(actor, entry.grant, entry.funding_year, seen, entry.organisation)


def lines_of(grant: Grant) -> dict[str, BudgetLine]:
    return {line.public_id: line for line in grant.lines.all()}


def posts_of(carrier: Organisation) -> dict[str, Post]:
    rows = Post.objects.filter(organisation__path__startswith=carrier.path)
    return {post.public_id: post for post in rows}


def some_grants(actor: Actor) -> list[Grant]:
    """For choosing: the newest; older ones are found by their address."""
    return list(grants(actor)[:20])
