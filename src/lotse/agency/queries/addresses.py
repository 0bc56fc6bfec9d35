"""Where the page of a document is."""

from django.urls import reverse

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument

PAGES = {
    DocumentKind.ANALYSIS: "agency:analysis",
    DocumentKind.TASK_PLAN: "agency:plan",
    DocumentKind.REPORT: "agency:report",
    DocumentKind.CONTROLLING: "agency:controlling",
}


def document_url(document: AgencyDocument) -> str:
    return reverse(PAGES[DocumentKind(document.kind)], args=[document.public_id])
