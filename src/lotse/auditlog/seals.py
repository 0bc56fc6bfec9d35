"""Sealing: entries are closed in batches, each batch a link in the chain of its organisation (ADR 0007).

An entry belongs to the batch that its `seal_id` names, not to a range of ids: on PostgreSQL a lower id may be committed
later than a higher one, and such an entry is simply waiting for the next batch. Nothing is lost, no clock is trusted.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC
from hashlib import sha256
from itertools import takewhile

from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.auditlog.guards import UNCHANGING
from lotse.auditlog.models import Event, ExpiredSegment, Seal
from lotse.core.canonical import canonical, digest

BATCH = 500
HOUSE = 0  # the chain of entries without an organisation
MARK = 12  # characters of each entry's own sum: enough to name the changed one, the batch's sum proves


def seal_waiting() -> Iterator[Seal]:
    """Seal everything that waits, chain by chain. Where another process is sealing the same chain, it goes ahead."""
    for chain in waiting_chains():
        try:
            while seal := seal_batch(chain):
                yield seal
        except IntegrityError:
            continue


def seal_everything() -> int:
    """For the worker: how many entries were sealed."""
    return sum(seal.count for seal in seal_waiting())


def waiting_chains() -> list[int]:
    waiting = Event.objects.filter(seal_id=None).order_by().values_list("organisation_id", flat=True).distinct()
    return sorted(organisation_id or HOUSE for organisation_id in waiting)


@transaction.atomic
def seal_batch(chain: int) -> Seal | None:
    """The next link. Two processes would make the same number: the constraint lets one of them through."""
    waiting = list(Event.objects.filter(organisation_id=chain or None, seal_id=None).order_by("id")[:BATCH])
    if not waiting:
        return None
    last = last_link(chain)
    segment = _segment(waiting[0], last)
    batch = list(takewhile(lambda event: _segment(event, last) == segment, waiting))
    seal = _link(chain, segment, batch, last)
    seal.save()
    Event.objects.filter(pk__in=[event.pk for event in batch]).update(seal_id=seal.pk)
    return seal


def last_link(chain: int) -> Seal | ExpiredSegment | None:
    seal = Seal.objects.filter(chain=chain).order_by("-number").first()
    return seal or ExpiredSegment.objects.filter(chain=chain).order_by("-last_number").first()


def _segment(event: Event, last: Seal | ExpiredSegment | None) -> str:
    """The month of the entry; a late one goes to the month that is open, so that months lie in one piece."""
    month = f"{timezone.localtime(event.at):%Y-%m}"
    return max(month, last.segment) if last else month


def _link(chain: int, segment: str, batch: list[Event], last: Seal | ExpiredSegment | None) -> Seal:
    seal = Seal(
        chain=chain,
        number=number_after(last),
        segment=segment,
        first_event_id=batch[0].pk,
        last_event_id=batch[-1].pk,
        count=len(batch),
        marks=marks(batch),
        content=content_sum(batch),
        previous=last.digest if last else "",
    )
    seal.digest = link_sum(seal)
    return seal


def number_after(last: Seal | ExpiredSegment | None) -> int:
    if last is None:
        return 1
    return (last.number if isinstance(last, Seal) else last.last_number) + 1


# --- sums -----------------------------------------------------------------------------------------------------


def event_line(event: Event) -> bytes:
    values = {name: getattr(event, name) for name in UNCHANGING}
    values["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return canonical(values)


def content_sum(batch: Iterable[Event]) -> str:
    return sha256(b"\n".join(event_line(event) for event in batch)).hexdigest()


def marks(batch: Iterable[Event]) -> dict[str, str]:
    return {str(event.pk): sha256(event_line(event)).hexdigest()[:MARK] for event in batch}


def link_sum(seal: Seal) -> str:
    names = ("chain", "number", "segment", "first_event_id", "last_event_id", "count", "content", "previous")
    values = {name: getattr(seal, name) for name in names}
    values["sealed_at"] = seal.sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
    return digest(values)
