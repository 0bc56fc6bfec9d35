"""Which form each document of an agency is written on. The controlling sheet has none: it is typed into the platform."""

from lotse.agency.enums import DocumentKind

PURPOSE_OF = {
    DocumentKind.ANALYSIS: "ia_analysis",
    DocumentKind.TASK_PLAN: "ia_task_plan",
    DocumentKind.REPORT: "ia_report",
}
