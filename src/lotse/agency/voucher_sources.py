"""The measure that a voucher belongs to, for whoever shows vouchers of the money of a grant."""

from collections.abc import Collection

from lotse.agency.models import MeasureVoucher
from lotse.programmes.voucher_sources import Found, register_source


def register() -> None:
    register_source("measure", measures)


def measures(vouchers: Collection[int]) -> Found:
    rows = MeasureVoucher.objects.filter(voucher__in=vouchers).select_related("measure")
    return {row.voucher_id: f"{row.measure.title}, {row.measure.on:%d.%m.%Y}" for row in rows}
