"""Every row of money of a carrier in a grant, in the order of days: what its sums open to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import CharField, F, QuerySet, Value

from lotse.funding.enums import EntryKind, PaymentKind
from lotse.funding.models import CallShare, LedgerEntry, Payment
from lotse.funding.queries.balance import BOOKED
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant

NOTHING = Decimal(0)
POTS = {
    "received": "Eingegangen", "forwarded": "Weitergeleitet", "repaid": "Zurückgezahlt", "own_share": "Eigenanteil",
    "income": "Andere Einnahmen", "spent": "Ausgegeben",
}  # fmt: skip
PILES = {"with_receiver": "Beim Empfänger", "with_carrier": "Beim Träger"}
POT_OF = {
    "received": "received", PaymentKind.FORWARDING: "forwarded", PaymentKind.REPAYMENT: "repaid",
    EntryKind.OWN_SHARE: "own_share", EntryKind.INCOME: "income", EntryKind.EXPENSE: "spent",
}  # fmt: skip
# How what moves in a pot changes what lies with the receiver, and with the carrier.
EFFECTS = {
    "received": (1, 0), "forwarded": (-1, 1), "repaid": (1, -1), "own_share": (0, 1), "income": (0, 1), "spent": (0, -1),
}  # fmt: skip


def effects_of(pot: str, *, is_own: bool) -> tuple[int, int]:
    """`is_own`: what came is for agencies of the receiver itself, and so is with the carrier at once."""
    return (0, 1) if is_own and pot == "received" else EFFECTS[pot]


@dataclass(frozen=True)
class Movement:
    """`amount`: as it counts in its pot, negative where an entry is taken back. The other two: what lies there afterwards."""

    on: date
    pot: str
    amount: Decimal
    about: str
    with_receiver: Decimal = NOTHING
    with_carrier: Decimal = NOTHING
    is_own: bool = False

    @property
    def effects(self) -> tuple[int, int]:
        return effects_of(self.pot, is_own=self.is_own)

    @property
    def kind(self) -> str:
        return POTS[self.pot]


class Source(NamedTuple):
    """Rows of one table, each with its `day` and `kind`; `place`: where they stand among others of the same day."""

    place: int
    rows: QuerySet[Any]
    counts: Any
    told: Callable[[Any], Movement]


def sources(grant: Grant, carrier: Organisation, on: date, year: int | None = None) -> tuple[Source, Source, Source]:
    """Until that day, of one funding year or of all."""
    only = {"funding_year": year} if year else {}
    came = CallShare.objects.filter(call__grant=grant, carrier=carrier, call__received_on__lte=on)
    came = came.filter(call__funding_year=year) if year else came
    paid = Payment.objects.filter(contract__grant=grant, organisation=carrier, paid_on__lte=on, **only)
    booked = LedgerEntry.objects.filter(grant=grant, organisation=carrier, on__lte=on, **only)
    received = came.annotate(day=F("call__received_on"), kind=Value("received", CharField()))
    is_own = carrier.pk == grant.organisation_id
    return (
        Source(0, received.select_related("call"), "amount", lambda row: _came(row, is_own=is_own)),
        Source(1, paid.annotate(day=F("paid_on")).select_related("round"), "amount", _paid),
        Source(2, booked.annotate(day=F("on")), BOOKED, _booked),
    )


def movements(grant: Grant, carrier: Organisation, on: date, year: int | None = None) -> list[Movement]:
    """All of them, for a file; three statements. A page reads its own (`movement_page`)."""
    rows = [source.told(row) for source in sources(grant, carrier, on, year) for row in source.rows.order_by("pk")]
    return list(_running(sorted(rows, key=lambda row: row.on)))


def in_pot(rows: Iterable[Movement], pot: str) -> list[Movement]:
    """Of a pot, or of a pile: all that changed what lies there."""
    if pot in PILES:
        place = list(PILES).index(pot)
        return [row for row in rows if row.effects[place]]
    return [row for row in rows if row.pot == pot]


def sum_of(rows: Iterable[Movement], pot: str) -> Decimal | None:
    """Of a pot as its rows count, of a pile as they changed it; None for everything, which has no one sum."""
    if not pot:
        return None
    place = list(PILES).index(pot) if pot in PILES else None
    return sum((row.amount * (1 if place is None else row.effects[place]) for row in rows), NOTHING)


def _came(row: CallShare, *, is_own: bool) -> Movement:
    return Movement(row.call.received_on, "received", row.amount, str(row.call), is_own=is_own)


def _paid(row: Payment) -> Movement:
    return Movement(row.paid_on, POT_OF[PaymentKind(row.kind)], row.amount, row.reason or str(row.round or ""))


def _booked(row: LedgerEntry) -> Movement:
    about = ": ".join(filter(None, [row.payee, row.reason]))
    words = f"Rücknahme – {about}" if row.reverses_id else about
    return Movement(row.on, POT_OF[EntryKind(row.kind)], row.signed, words)


def _running(rows: Iterable[Movement]) -> Iterator[Movement]:
    receiver = carrier = NOTHING
    for row in rows:
        to_receiver, to_carrier = row.effects
        receiver, carrier = receiver + to_receiver * row.amount, carrier + to_carrier * row.amount
        yield replace(row, with_receiver=receiver, with_carrier=carrier)
