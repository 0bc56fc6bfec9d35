"""What stands in the way of handing a document in: what its kind asks for, and what the coordination has said about it."""

from collections.abc import Callable

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument, DocumentComment
from lotse.agency.queries import analysis, controlling, plan, report
from lotse.agency.queries.missing import Missing

ASKS: dict[str, Callable[[AgencyDocument], list[Missing]]] = {
    DocumentKind.ANALYSIS: analysis.missing_for_review,
    DocumentKind.TASK_PLAN: plan.missing_for_review,
    DocumentKind.REPORT: report.missing_for_review,
    DocumentKind.CONTROLLING: controlling.missing_for_review,
}


def missing_for_review(document: AgencyDocument) -> list[Missing]:
    return [*ASKS[document.kind](document), *(_answered(one) for one in open_comments(document))]


def open_comments(document: AgencyDocument) -> list[DocumentComment]:
    return list(document.comments.filter(resolved_at=None).select_related("by"))


def _answered(comment: DocumentComment) -> Missing:
    where = f" zu „{comment.passage}“" if comment.passage else ""
    return Missing(f"Anmerkung{where} als erledigt abhaken", f"#anmerkung-{comment.public_id}")
