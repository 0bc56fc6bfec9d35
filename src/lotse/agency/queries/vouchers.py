"""Costs and donations of measures, and whether papers of their year have left the house."""

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument, Measure, MeasureVoucher
from lotse.agency.models.papers import FROZEN
from lotse.core.finding import found
from lotse.organisations.actor import Actor

TELLING = (DocumentKind.REPORT, DocumentKind.CONTROLLING)  # what is said of a year when it is over


def papers_telling(agency_id: int, year: int) -> QuerySet[AgencyDocument]:
    return AgencyDocument.objects.filter(agency_id=agency_id, kind__in=TELLING, funding_year=year)


def is_closed(agency_id: int, year: int) -> bool:
    """Once a paper that tells of the year was released, in whichever version (IA-15)."""
    return papers_telling(agency_id, year).filter(state__in=FROZEN).exists()


def get_voucher(actor: Actor, measure_id: str, voucher_id: str) -> MeasureVoucher:
    rows = MeasureVoucher.objects.visible_to(actor).select_related(
        "voucher__file", "voucher__corrected_by", "measure__agency"
    )
    return found(rows.filter(measure__public_id=measure_id), voucher_id, by="voucher__public_id")


def vouchers_of(measure: Measure) -> list[MeasureVoucher]:
    """By day, and what corrects an entry next to it; an entry that only takes back is told beside that."""
    stored = measure.vouchers.exclude(voucher__amount=0).select_related("voucher__file", "voucher__corrected_by")
    rows = {row.voucher_id: row for row in stored.order_by("voucher__on", "voucher_id")}
    first = [row for row in rows.values() if row.voucher.corrects_id is None]
    return [one for row in first for one in _with_corrections(row, rows)]


def _with_corrections(row: MeasureVoucher, rows: Mapping[int, MeasureVoucher]) -> Iterator[MeasureVoucher]:
    one: MeasureVoucher | None = row
    while one:
        yield one
        after = one.voucher.correction
        one = rows.get(after.pk) if after else None
