"""What stands in the way of handing a document in: what its kind asks for, and what the coordination has said about it."""

from importlib import import_module
from importlib.util import find_spec

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument, DocumentComment
from lotse.agency.queries.missing import Missing

# Each has `missing_for_review(document) -> list[Missing]`.
MODULES = {
    DocumentKind.ANALYSIS: "lotse.agency.queries.analysis",
    DocumentKind.TASK_PLAN: "lotse.agency.queries.plan",
    DocumentKind.REPORT: "lotse.agency.queries.report",
    DocumentKind.CONTROLLING: "lotse.agency.queries.controlling",
}


def missing_for_review(document: AgencyDocument) -> list[Missing]:
    return [*_of_its_kind(document), *(_answered(one) for one in open_comments(document))]


def _of_its_kind(document: AgencyDocument) -> list[Missing]:
    name = MODULES[DocumentKind(document.kind)]
    asks = getattr(import_module(name), "missing_for_review", None) if find_spec(name) else None
    return asks(document) if asks else []


def open_comments(document: AgencyDocument) -> list[DocumentComment]:
    return list(document.comments.filter(resolved_at=None).select_related("by"))


def _answered(comment: DocumentComment) -> Missing:
    where = f" zu „{comment.passage}“" if comment.passage else ""
    return Missing(f"Anmerkung{where} als erledigt abhaken", f"#anmerkung-{comment.public_id}")
