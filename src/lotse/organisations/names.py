"""Names that change over time: a new one begins on a day, the old one stays readable for the days before."""

from collections.abc import Sequence
from datetime import date, timedelta

from lotse.organisations.models.periods import Dated

ALWAYS = date(1900, 1, 1)  # where nobody has written down since when


def fit_in(known: Sequence[Dated], new: Dated) -> list[Dated]:
    """Let `new` be valid until the next name begins, and the one before it end the day before; what must be saved."""
    later = [row.valid_from for row in known if row.valid_from > new.valid_from]
    new.valid_to = min(later) - timedelta(days=1) if later else None
    before = max((r for r in known if r.valid_from < new.valid_from), key=lambda r: r.valid_from, default=None)
    if before is None:
        return [new]
    before.valid_to = new.valid_from - timedelta(days=1)
    return [before, new]


def valid_on(known: Sequence[Dated], day: date) -> Dated:
    """The row of that day; the earliest where the history begins later."""
    return next((row for row in known if row.is_valid_on(day)), min(known, key=lambda row: row.valid_from))
