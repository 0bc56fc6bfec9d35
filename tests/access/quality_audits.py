"""Audits and officers: kept by who keeps the quality; the technical lead is the auditor here, so that she answers nothing."""

from tests.access.quality import INSIDE, JUDGED, JUDGED_LEADS_ON, KEEPERS, KEPT, OVERVIEW

# Nobody but the auditor enters what an internal audit finds; nobody but the others who keep the quality answers it.
AUDITED = (404, 404, 200, 403, 404, 404, 403, 404, 403)
ANSWERED = (404, 404, 403, 200, 404, 404, 403, 404, 403)
ADDRESSES = {
    "quality:audits": INSIDE,
    "quality:officers": INSIDE,
    "quality:carriers_xlsx": OVERVIEW,
    **{f"quality:{name}": KEEPERS for name in ("new_audit", "new_officer")},
    # The counsellor is the officer of the house, without a role for it (QM-07).
    "quality:new_exchange": (200, 403, 200, 200, 403, 403, 403, 403, 403),
    "quality:exchange": (200, 404, 200, 200, 404, 404, 403, 404, 403),
    **{f"quality:{name}": JUDGED for name in (
        "audit", "edit_audit", "new_audit_point", "draw_audit", "audit_pdf", "audit_findings_xlsx", "audit_point",
        "edit_audit_point", "audit_check",
    )},
    **{f"quality:{name}": JUDGED_LEADS_ON for name in (
        "call_off_audit", "prepare_audit", "close_audit", "finish_audit_point", "remove_audit_finding",
    )},
    **{f"quality:{name}": AUDITED for name in ("hold_audit", "new_audit_finding", "edit_audit_finding")},
    **{f"quality:{name}": ANSWERED for name in ("answer_audit_finding", "follow_up_audit_finding")},
    **dict.fromkeys(("quality:officer", "quality:trend"), KEPT),
    # No letter was kept.
    "quality:officer_letter": (403, 403, 404, 404, 403, 404, 403, 404, 403),
}  # fmt: skip
