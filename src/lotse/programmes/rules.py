"""What holds for programmes; each docstring is the rule in one sentence, with its id."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from lotse.organisations.models import PostShare
from lotse.programmes.models import PostFunding


def highest_paid(fundings: Iterable[PostFunding], begin: date, end: date | None) -> Decimal:
    """The largest part of a share that programmes pay together on any day of the period (PR-01)."""
    known = [
        f for f in fundings if (end is None or f.valid_from <= end) and (f.valid_to is None or f.valid_to >= begin)
    ]
    days = {begin, *(f.valid_from for f in known if f.valid_from > begin)}
    return max(sum((f.fte for f in known if f.is_valid_on(day)), Decimal(0)) for day in days)


def lies_within(share: PostShare, begin: date, end: date | None) -> bool:
    """A programme pays for a share only while somebody fills it (PR-01)."""
    starts_in_time = share.valid_from <= begin
    return starts_in_time and (share.valid_to is None or (end is not None and end <= share.valid_to))
