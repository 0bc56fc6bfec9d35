"""A page of the movements of a carrier: the database cuts it out and adds up what lies between; nothing else is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, Q, Value, When

from lotse.core.paging import Part, part_at
from lotse.funding.queries.euros import EuroSum
from lotse.funding.queries.movements import NOTHING, PILES, POT_OF, POTS, Movement, Source, effects_of
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant

SIZE = 50


class Key(NamedTuple):
    """Where a row stands in the order of all."""

    day: date
    place: int
    pk: int


class Span(NamedTuple):
    """What moved in a pot after the row shown before and until the row `number`; behind the last one, the rest."""

    number: int
    pot: str
    count: int
    amount: Decimal


@dataclass(frozen=True)
class MovementPage:
    """`sum`: of all that was asked for, as `sum_of`. The last two: what lies there in the end."""

    part: Part[Movement]
    sum: Decimal | None
    with_receiver: Decimal
    with_carrier: Decimal


def movement_page(
    grant: Grant, carrier: Organisation, sources: Sequence[Source], pot: str, start: int, *, size: int = SIZE
) -> MovementPage:
    """Of a pot, of a pile, or of all; at most seven statements, however many rows."""
    is_own = carrier.pk == grant.organisation_id
    asked = _pots(pot, is_own=is_own)
    keys = _keys(sources, asked, start, size)
    spans = [span for source in sources for span in _spans(source, keys)]
    rows = list(_running(_told(sources, keys), spans, is_own=is_own))
    part = part_at(rows, start, sum(span.count for span in spans if span.pot in asked), size=size)
    return MovementPage(part, _sum(spans, pot, is_own=is_own), *_piles(spans, is_own=is_own))


def _pots(pot: str, *, is_own: bool) -> list[str]:
    if pot in PILES:
        place = list(PILES).index(pot)
        return [one for one in POTS if effects_of(one, is_own=is_own)[place]]
    return [pot] if pot else list(POTS)


def _keys(sources: Sequence[Source], pots: list[str], start: int, size: int) -> list[Key]:
    kinds = [kind for kind, pot in POT_OF.items() if pot in pots]
    first, *others = (
        source.rows.filter(kind__in=kinds)
        .order_by()
        .annotate(place=Value(source.place, IntegerField()))
        .values_list("day", "place", "pk")
        for source in sources
    )
    return [Key(*row) for row in first.union(*others, all=True).order_by("day", "place", "pk")[start : start + size]]


def _spans(source: Source, keys: Sequence[Key]) -> Iterator[Span]:
    ends = (When(_until(source, key), then=Value(number)) for number, key in enumerate(keys))
    number = Case(*ends, default=Value(len(keys)), output_field=IntegerField())
    rows = source.rows.order_by().annotate(span=number).values_list("span", "kind")
    for at, kind, count, amount in rows.annotate(rows=Count("pk"), sum=EuroSum(source.counts)):
        if count:  # of no row at all there is one sum
            yield Span(at, POT_OF[kind], count, amount)


def _until(source: Source, key: Key) -> Q:
    if source.place != key.place:
        return Q(day__lte=key.day) if source.place < key.place else Q(day__lt=key.day)
    return Q(day__lt=key.day) | Q(day=key.day, pk__lte=key.pk)


def _told(sources: Sequence[Source], keys: Sequence[Key]) -> Iterator[Movement]:
    """In the order of the keys."""
    wanted = {source.place: [key.pk for key in keys if key.place == source.place] for source in sources}
    found = {
        (source.place, row.pk): source.told(row)
        for source in sources
        if wanted[source.place]
        for row in source.rows.filter(pk__in=wanted[source.place])
    }
    return (found[key.place, key.pk] for key in keys)


def _running(rows: Iterator[Movement], spans: Sequence[Span], *, is_own: bool) -> Iterator[Movement]:
    receiver = carrier = NOTHING
    for number, row in enumerate(rows):
        to_receiver, to_carrier = _piles([span for span in spans if span.number == number], is_own=is_own)
        receiver, carrier = receiver + to_receiver, carrier + to_carrier
        yield replace(row, with_receiver=receiver, with_carrier=carrier)


def _piles(spans: Sequence[Span], *, is_own: bool) -> tuple[Decimal, Decimal]:
    moved = [(effects_of(span.pot, is_own=is_own), span.amount) for span in spans]
    receiver, carrier = (sum((effects[place] * amount for effects, amount in moved), NOTHING) for place in (0, 1))
    return receiver, carrier


def _sum(spans: Sequence[Span], pot: str, *, is_own: bool) -> Decimal | None:
    if pot in PILES:
        return _piles(spans, is_own=is_own)[list(PILES).index(pot)]
    return sum((span.amount for span in spans if span.pot == pot), NOTHING) if pot else None
