"""Removing a month whose time is over: whole, checked before, and never without leaving its sum."""

from dataclasses import dataclass

from lotse.auditlog.door import Acting, action, record, refuse_if
from lotse.auditlog.models import Event, ExpiredSegment, Seal
from lotse.auditlog.verification import verify_seal


@dataclass(frozen=True)
class Operator:
    """Whoever has the command line of the server. `organisation_id` is not hers: the entry goes to the chain's."""

    label: str = "Betrieb (Kommandozeile)"
    ref: str = ""
    organisation_id: int | None = None


def segments_before(month: str) -> list[tuple[int, str]]:
    """Chain and month, oldest first, of everything sealed before the month."""
    rows = Seal.objects.filter(segment__lt=month).order_by("chain", "segment")
    return list(rows.values_list("chain", "segment").distinct())


@action("log.month_expired", "hat einen abgelaufenen Protokollmonat entfernt")
def expire_segment(*, by: Acting, chain: int, segment: str) -> ExpiredSegment:
    seals = list(Seal.objects.filter(chain=chain, segment=segment).order_by("number"))
    refuse_if(not seals, f"Der Monat {segment} ist in dieser Kette nicht versiegelt.")
    older = Seal.objects.filter(chain=chain, segment__lt=segment)
    refuse_if(older.exists(), "Monate werden der Reihe nach entfernt: es gibt einen älteren.")
    refuse_if(any(wrong for seal in seals for wrong in verify_seal(seal)), f"Der Monat {segment} ist nicht unversehrt.")
    month = ExpiredSegment.objects.create(
        chain=chain,
        segment=segment,
        first_number=seals[0].number,
        last_number=seals[-1].number,
        count=sum(seal.count for seal in seals),
        previous=seals[0].previous,
        digest=seals[-1].digest,
    )
    rows = Seal.objects.filter(chain=chain, segment=segment)
    Event.objects.filter(seal_id__in=rows.values("pk")).delete()
    rows.delete()
    record(month, segment=segment, entries=month.count)
    return month
