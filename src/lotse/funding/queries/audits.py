"""Samples and packages for an audit: what may be drawn, in which order, and what the actor sees of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lotse.core.finding import found
from lotse.documents import blobs
from lotse.documents.models import StoredFile
from lotse.funding.enums import EntryKind
from lotse.funding.models import EvidencePackage, ForwardingContract, LedgerEntry, Payment, Sample
from lotse.funding.queries.proof_content import number_of, paper_of
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant
from lotse.programmes.voucher_sources import sources_of

SHOWN = 25


def packages(actor: Actor) -> QuerySet[EvidencePackage]:
    rows = EvidencePackage.objects.visible_to(actor)
    return rows.select_related("grant__organisation", "organisation", "carrier", "requested_by", "sample")


def get_package(actor: Actor, public_id: str) -> EvidencePackage:
    return found(packages(actor), public_id)


def samples(actor: Actor) -> QuerySet[Sample]:
    return Sample.objects.visible_to(actor).select_related("grant__organisation", "carrier", "drawn_by")


def get_sample(actor: Actor, public_id: str) -> Sample:
    return found(samples(actor), public_id)


def candidates(grant: Grant, year: int, carrier: Organisation | None) -> QuerySet[LedgerEntry]:
    """Expenses that count: neither taken back nor taking back."""
    rows = LedgerEntry.objects.filter(grant=grant, funding_year=year, kind=EntryKind.EXPENSE)
    rows = rows.filter(reverses=None, reversed_by=None).order_by("on", "id")
    return rows.filter(organisation=carrier) if carrier else rows


def numbered(rows: QuerySet[LedgerEntry], numbers: list[str]) -> tuple[list[LedgerEntry], list[str]]:
    """Those with one of these numbers, and the numbers that nothing has."""
    vouchers = [one.removeprefix("L-") for one in numbers]
    hits = list(
        rows.filter(Q(number__in=numbers) | Q(number="", voucher__public_id__in=vouchers)).select_related("voucher")
    )
    known = {number_of(one) for one in hits}
    return hits, [one for one in numbers if one not in known]


@dataclass(frozen=True)
class Drawn:
    """An entry with everything that proves it."""

    entry: LedgerEntry
    number: str
    paper: StoredFile | None
    contract: ForwardingContract | None
    payments: int
    measure: str = ""


def drawn(sample: Sample) -> list[Drawn]:
    """In the order of days; at most four statements, however many."""
    related = ("organisation", "line", "file", "voucher__file", "voucher__unit")
    entries = list(sample.entries.select_related(*related).order_by("on", "id"))
    houses = {one.organisation_id for one in entries}
    rows = ForwardingContract.objects.filter(grant=sample.grant, organisation__in=houses)
    contracts = {one.organisation_id: one for one in rows.select_related("file")}
    paid = Payment.objects.filter(contract__in=contracts.values(), funding_year=sample.funding_year)
    measures = sources_of([one.voucher_id for one in entries if one.voucher_id])
    counted = list(paid.values_list("organisation_id", flat=True))
    return [
        Drawn(
            one,
            number_of(one),
            paper_of(one),
            contracts.get(one.organisation_id),
            counted.count(one.organisation_id),
            measures.get(one.voucher_id or 0, ""),
        )
        for one in entries
    ]


def is_gone(package: EvidencePackage) -> bool:
    """Its time is over; another can be made."""
    return package.parts.filter(file__deleted_at__isnull=False).exists()


def bytes_of(package: EvidencePackage) -> Iterator[bytes]:
    """Piece by piece."""
    for part in package.parts.select_related("file").order_by("position").iterator():
        yield blobs.read(part.file.storage_name, part.file.public_id)
