"""Vouchers on their way into the ledger: what is not booked yet, and what was changed after it was."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from lotse.core.finding import found
from lotse.funding.models import LedgerEntry
from lotse.funding.queries.entries import in_force, like
from lotse.funding.queries.grants import carriers
from lotse.funding.rules import Cost
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant, GrantAgency, Voucher


@dataclass(frozen=True)
class Changed:
    """`last`: the voucher as it stands now; its amount is 0 where it was taken back."""

    entry: LedgerEntry
    last: Voucher


def waiting(actor: Actor, grant: Grant, carrier: Organisation | None, year: int | None = None) -> QuerySet[Voucher]:
    """Of the agencies of the grant and its years, not booked in this grant or another."""
    seen = carriers(actor, grant).order_by()
    units = GrantAgency.objects.filter(grant=grant, organisation__in=[carrier] if carrier else seen)
    years = [year] if year else list(grant.years)
    rows = Voucher.objects.in_force().filter(unit__in=units.values("agency"), funding_year__in=years)
    rows = rows.exclude(pk__in=[one.last.pk for one in changed(actor, grant)])
    is_booked = Exists(in_force().filter(voucher=OuterRef("pk")))
    return rows.filter(~is_booked).select_related("organisation", "unit", "file").order_by("on", "id")


def get_waiting(actor: Actor, grant: Grant, public_id: str) -> Voucher:
    return found(waiting(actor, grant, None), public_id)


def changed(actor: Actor, grant: Grant) -> list[Changed]:
    """Few, and each is to be done with one click."""
    rows = in_force().visible_to(actor).filter(grant=grant, voucher__corrected_by__isnull=False)
    rows = rows.select_related("organisation", "line", "voucher__corrected_by").order_by("on", "id")
    found_rows = list(rows)
    after = _corrections({row.organisation_id for row in found_rows}) if found_rows else {}
    return [Changed(row, _last(row.voucher, after)) for row in found_rows if row.voucher]


def _corrections(carriers_ids: set[int]) -> dict[int, Voucher]:
    """By the voucher that each stands in the place of."""
    rows = Voucher.objects.filter(organisation__in=carriers_ids, corrects__isnull=False)
    return {row.corrects_id: row for row in rows if row.corrects_id}


def _last(voucher: Voucher, after: dict[int, Voucher]) -> Voucher:
    while voucher.pk in after:
        voucher = after[voucher.pk]
    return voucher


def last_of(voucher: Voucher) -> Voucher:
    return _last(voucher, _corrections({voucher.organisation_id}))


def looks_booked(voucher: Voucher) -> Cost | None:
    """What is in the ledger already and looks like the same cost."""
    return like(voucher.organisation, Cost("", voucher.payee, voucher.amount, voucher.on))
