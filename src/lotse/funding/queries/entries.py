"""The entries of a grant: all that she sees, what she asks for of them, their sums, and what looks like a cost booked before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from lotse.core.finding import found
from lotse.core.typed import whole
from lotse.funding.enums import EntryKind
from lotse.funding.models import LedgerEntry
from lotse.funding.queries.balance import BOOKED, NOTHING
from lotse.funding.queries.euros import EuroSum
from lotse.funding.rules import Cost, is_one_cost
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant

COLUMNS = {
    "traeger": "organisation__public_id", "jahr": "funding_year", "art": "kind", "ausgabenart": "line__public_id",
    "stelle": "post__public_id", "bis": "on__lte",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Of the address. Nonsense asks for nothing."""

    traeger: str = ""
    jahr: int | None = None
    art: str = ""
    ausgabenart: str = ""
    stelle: str = ""
    bis: date | None = None
    q: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        words = {name: query.get(name, "")[:16] for name in ("traeger", "ausgabenart", "stelle")}
        kind = query.get("art", "")
        return cls(
            **words, art=kind if kind in EntryKind.values else "", jahr=whole(query.get("jahr", ""), digits=4),
            bis=_day(query.get("bis", "")), q=query.get("q", "").strip()[:80],
        )  # fmt: skip

    @property
    def narrowing(self) -> dict[str, Any]:
        return {name: value for name in (*COLUMNS, "q") if (value := getattr(self, name))}

    @property
    def rest(self) -> str:
        return "".join(f"&{urlencode({name: value})}" for name, value in self.narrowing.items())

    def but(self, **changed: Any) -> "Asked":
        return replace(self, **changed)

    def narrow(self, rows: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
        given = self.narrowing
        rows = rows.filter(**{column: given[name] for name, column in COLUMNS.items() if name in given})
        if not self.q:
            return rows
        return rows.filter(Q(payee__icontains=self.q) | Q(reason__icontains=self.q) | Q(number__icontains=self.q))


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def entries(actor: Actor, grant: Grant) -> QuerySet[LedgerEntry]:
    rows = LedgerEntry.objects.visible_to(actor).filter(grant=grant)
    return rows.select_related("organisation", "line", "post", "reverses", "reversed_by", "file", "voucher__file")


def get_entry(actor: Actor, public_id: str) -> LedgerEntry:
    rows = LedgerEntry.objects.visible_to(actor).select_related(
        "organisation", "grant__organisation", "line", "post", "reverses", "reversed_by", "file", "voucher__file"
    )
    return found(rows, public_id)


def listed(rows: QuerySet[LedgerEntry]) -> Iterator[tuple[Any, ...]]:
    """For a table: every entry, by day."""
    for row in rows.order_by("on", "id").iterator(chunk_size=2000):
        yield (
            row.on, row.funding_year, row.organisation.name, row.get_kind_display(), str(row.line or ""), str(row.post or ""),
            row.payee, row.reason, row.number, row.signed, f"{row.reverses.on:%d.%m.%Y}" if row.reverses else "",
            row.double_reason,
        )  # fmt: skip


@dataclass(frozen=True)
class Sums:
    """In euro, net of what was taken back."""

    expense: Decimal = NOTHING
    own_share: Decimal = NOTHING
    income: Decimal = NOTHING


def sums(rows: QuerySet[LedgerEntry]) -> Sums:
    return Sums(**dict(rows.order_by().values_list("kind").annotate(sum=EuroSum(BOOKED))))


def in_force() -> QuerySet[LedgerEntry]:
    """Neither taken back nor taking back."""
    return LedgerEntry.objects.filter(reverses=None, reversed_by=None)


def costs_of(carrier: Organisation, **narrowing: Any) -> Iterable[Cost]:
    """In force, in whichever grant."""
    rows = in_force().filter(organisation=carrier, kind=EntryKind.EXPENSE, **narrowing).order_by()
    return (Cost(*row) for row in rows.values_list("number", "payee", "amount", "on", "post_id"))


def numbers_of(carrier: Organisation) -> Iterable[str]:
    rows = in_force().filter(organisation=carrier).exclude(number="").order_by()
    return rows.values_list("number", flat=True)


def like(carrier: Organisation, cost: Cost, besides: LedgerEntry | None = None) -> Cost | None:
    """One that was booked before and looks the same. `besides`: the entry that is just being corrected."""
    booked = costs_of(carrier, amount=cost.amount)
    if besides:
        own = Cost(besides.number, besides.payee, besides.amount, besides.on, besides.post_id)
        booked = _without_one(booked, own)
    return next((one for one in booked if is_one_cost(one, cost)), None)


def _without_one(costs: Iterable[Cost], own: Cost) -> list[Cost]:
    rest = list(costs)
    if own in rest:
        rest.remove(own)
    return rest
