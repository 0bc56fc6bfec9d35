"""How long the papers of a funding year are kept, and which they are."""

from datetime import date

from django.db.models import Q

from lotse.core.dates import months_later
from lotse.documents.models import StoredFile
from lotse.funding.models import LedgerEntry, ReleasedProof
from lotse.programmes.models import Grant

AFTER_PROOF = 60  # months


def kept_until(grant: Grant, year: int, transmitted_on: date) -> date:
    """As many years after the funding year as the grant asks, and five years after the proof where that is longer (FU-16)."""
    return max(date(year + grant.retention_years, 12, 31), months_later(transmitted_on, AFTER_PROOF))


def papers_of(grant: Grant, year: int) -> list[StoredFile]:
    """Receipts with the entries, receipts with their vouchers, and the printed proofs."""
    entries = LedgerEntry.objects.filter(grant=grant, funding_year=year).order_by()
    proofs = ReleasedProof.objects.filter(proof__grant=grant, proof__funding_year=year).order_by()
    mine = Q(pk__in=entries.values("file")) | Q(pk__in=entries.values("voucher__file"))
    return list(StoredFile.objects.filter(mine | Q(pk__in=proofs.values("file")), deleted_at=None))
