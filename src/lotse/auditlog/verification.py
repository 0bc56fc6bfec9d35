"""Is the log whole? Walks every chain from its first link and says in plain sentences what it finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from lotse.auditlog import guards
from lotse.auditlog.models import Event, ExpiredSegment, Seal
from lotse.auditlog.seals import HOUSE, content_sum, last_link, link_sum, marks, number_after

SEALED_WITHIN = timedelta(days=1)
NAMED_IDS = 20


@dataclass(frozen=True)
class Wrong:
    text: str
    event_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Walked:
    """A link was looked at; `entries` so many lie behind it."""

    entries: int


Finding = Wrong | Walked


def chains() -> list[int]:
    sealed = Seal.objects.order_by().values_list("chain", flat=True).distinct()
    expired = ExpiredSegment.objects.order_by().values_list("chain", flat=True).distinct()
    return sorted({*sealed, *expired})


def chain_name(chain: int) -> str:
    return "Kette des Hauses" if chain == HOUSE else f"Kette der Organisation {chain}"


def verify_chain(chain: int) -> Iterator[Finding]:
    last: Seal | ExpiredSegment | None = None
    for month in ExpiredSegment.objects.filter(chain=chain).order_by("first_number"):
        yield from _joins(month, month.first_number, last)
        yield from _really_gone(month)
        last = month
    for seal in Seal.objects.filter(chain=chain).order_by("number").iterator(chunk_size=100):
        yield from _joins(seal, seal.number, last)
        yield from verify_seal(seal)
        yield Walked(seal.count)
        last = seal


def _joins(link: Seal | ExpiredSegment, number: int, last: Seal | ExpiredSegment | None) -> Iterator[Wrong]:
    expected = number_after(last)
    if number != expected:
        yield Wrong(f"Zwischen Siegel {expected - 1} und Siegel {number} fehlen Siegel.")
    elif link.previous != (last.digest if last else ""):
        yield Wrong(f"Siegel {number} schließt nicht an seinen Vorgänger an: einer von beiden wurde ausgetauscht.")


def _really_gone(month: ExpiredSegment) -> Iterator[Wrong]:
    if Seal.objects.filter(chain=month.chain, segment=month.segment).exists():
        yield Wrong(f"Der Monat {month.segment} ist als entfernt vermerkt, ist aber noch da.")


def verify_seal(seal: Seal) -> Iterator[Wrong]:
    if seal.digest != link_sum(seal):
        yield Wrong(f"Siegel {seal.number} wurde verändert: seine Prüfsumme stimmt nicht.")
    events = list(Event.objects.filter(seal_id=seal.pk).order_by("id"))
    if content_sum(events) != seal.content:
        yield from _differences(seal, events)


def _differences(seal: Seal, events: list[Event]) -> Iterator[Wrong]:
    sealed, found = seal.marks, marks(events)
    missing = sorted(sealed.keys() - found.keys(), key=int)
    added = sorted(found.keys() - sealed.keys(), key=int)
    changed = sorted((k for k in sealed.keys() & found.keys() if sealed[k] != found[k]), key=int)
    kinds = {"fehlt": missing, "kam nachträglich dazu": added, "wurde verändert": changed}
    for what, ids in kinds.items():
        for event_id in ids:
            yield Wrong(f"Eintrag {event_id} {what} (Siegel {seal.number}, Monat {seal.segment}).", (int(event_id),))
    if not any(kinds.values()):
        yield Wrong(f"Der Inhalt von Siegel {seal.number} passt nicht zu seiner Prüfsumme.")


def verify_surroundings() -> Iterator[Wrong]:
    """What no single chain shows: triggers that are gone, entries whose seal is gone, entries nobody sealed."""
    if gone := guards.missing_triggers(connection):
        yield Wrong(f"Die Sperre gegen Ändern und Löschen ist unvollständig: es fehlt {', '.join(gone)}.")
    orphans = Event.objects.exclude(seal_id=None).exclude(seal_id__in=Seal.objects.values("pk"))
    if ids := _some(orphans.order_by("id").values_list("pk", flat=True)):
        yield Wrong(f"Das Siegel zu Einträgen fehlt: {', '.join(map(str, ids))}.", ids)
    late = Event.objects.filter(seal_id=None, at__lt=timezone.now() - SEALED_WITHIN).order_by("id")
    if ids := _some(late.values_list("pk", flat=True)):
        yield Wrong(f"Seit mehr als einem Tag unversiegelt, ab Eintrag {ids[0]}: läuft „lotse audit seal“?", ids)


def _some(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(ids[:NAMED_IDS])  # type: ignore[index]


# --- heads: what is noted elsewhere ---------------------------------------------------------------------------


def heads() -> list[str]:
    """One line for each chain. Kept outside the database, they show it when the end of a chain is cut off."""
    links = {chain: last_link(chain) for chain in chains()}
    return [f"{chain} {number_after(link) - 1} {link.digest}" for chain, link in links.items() if link]


def verify_heads(noted: Iterable[str]) -> Iterator[Wrong]:
    for line in noted:
        chain, number, digest = line.split()
        if not _stands(int(chain), int(number), digest):
            yield Wrong(f"{chain_name(int(chain))}: das notierte Siegel {number} ist nicht mehr da oder ein anderes.")


def _stands(chain: int, number: int, digest: str) -> bool:
    if Seal.objects.filter(chain=chain, number=number, digest=digest).exists():
        return True
    covering = ExpiredSegment.objects.filter(chain=chain, first_number__lte=number, last_number__gte=number).first()
    return covering is not None and (covering.last_number > number or covering.digest == digest)
