"""How many things a document lacks, kept in its row: the table of the coordination could not ask two hundred agencies one by one."""

from collections.abc import Collection
from functools import partial

from django.db import transaction

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument, Measure
from lotse.agency.models.papers import WRITABLE
from lotse.agency.queries.readiness import missing_for_review

# Which kinds ask for something that stands in another.
ASKED_BY = {DocumentKind.ANALYSIS: (DocumentKind.TASK_PLAN,), DocumentKind.TASK_PLAN: (DocumentKind.REPORT,)}
ASK_MEASURES = (DocumentKind.REPORT, DocumentKind.CONTROLLING)


def count_around(document: AgencyDocument) -> None:
    """Inside an action that changes the document: it and what asks it are counted once all is written."""
    kinds = (document.kind, *ASKED_BY.get(DocumentKind(document.kind), ()))
    _when_written(document.agency_id, document.funding_year, document.until_year, kinds)


def count_around_measure(measure: Measure) -> None:
    """Inside an action that changes the measure."""
    _when_written(measure.agency_id, measure.funding_year, measure.funding_year, ASK_MEASURES)


def _when_written(agency_id: int, first: int, last: int, kinds: Collection[str]) -> None:
    transaction.on_commit(partial(count_missing, agency_id, first, last, kinds), robust=True)


def count_missing(agency_id: int, first: int, last: int, kinds: Collection[str]) -> None:
    """Of what is open and holds in one of these years."""
    within = {"funding_year__lte": last, "until_year__gte": first}
    rows = AgencyDocument.objects.filter(agency_id=agency_id, kind__in=kinds, state__in=WRITABLE, **within)
    for document in rows.select_related("agency"):
        AgencyDocument.objects.filter(pk=document.pk).update(missing=len(missing_for_review(document)))
