"""Which hints still stand: those that nobody has called a false alarm for the same words."""

from collections.abc import Iterable

from lotse.agency.hints import Hint
from lotse.agency.models import AgencyDocument, DismissedHint


def standing_hints(document: AgencyDocument, hints: Iterable[Hint]) -> list[Hint]:
    """One statement, for a document that the reader has been shown; none where there is nothing to remark."""
    found = list(hints)
    if not found:
        return []
    rows = DismissedHint.objects.filter(document=document, hint__in={one.key for one in found})
    laid_aside = set(rows.values_list("hint", "place", "words"))
    return [one for one in found if (one.key, one.place, one.checksum) not in laid_aside]
