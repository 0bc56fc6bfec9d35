"""Improvements, suggestions and complaints: everybody inside reaches the room's part; rows who keeps quality, or whose they are."""

from tests.access.quality import INSIDE, JUDGED, KEEPERS, KEPT

# An improvement that the counsellor is to do, one that the technical lead has done and another is to check.
HERS = (200, 404, 200, 200, 404, 404, 403, 404, 403)
HERS_LEADS_ON = (302, 404, 302, 302, 404, 404, 403, 404, 403)
CHANGED = (403, 404, 200, 200, 404, 404, 403, 404, 403)
# Her own suggestion is answered by who keeps quality; a complaint about the technical lead is handled by the counsellor.
ABOUT_LEAD = (200, 404, 404, 200, 404, 404, 403, 404, 403)
ABOUT_LEAD_LEADS_ON = (302, 404, 404, 302, 404, 404, 403, 404, 403)
KEPT_OF_LEAD = (403, 404, 404, 200, 404, 404, 403, 404, 403)

ADDRESSES = {
    **{f"quality:{name}": INSIDE for name in (
        "improvements", "improvements_table_xlsx", "improvements_pdf", "suggestions", "new_suggestion", "complaints",
        "complaint_form_pdf",
    )},
    **{f"quality:{name}": KEEPERS for name in ("new_improvement", "new_complaint")},
    "quality:improve_criterion": KEPT,
    "quality:improve_judgement": JUDGED,
    **{f"quality:{name}": HERS for name in ("improvement", "note_improvement", "finish_improvement")},
    "quality:begin_improvement": HERS_LEADS_ON,
    **{f"quality:{name}": CHANGED for name in ("change_improvement", "check_improvement")},
    "quality:suggestion": HERS,
    "quality:answer_suggestion": CHANGED,
    **{f"quality:{name}": ABOUT_LEAD for name in (
        "complaint", "answer_complaint", "complaint_receipt_pdf", "complaint_answer_pdf",
    )},
    "quality:confirm_complaint": ABOUT_LEAD_LEADS_ON,
    **{f"quality:{name}": KEPT_OF_LEAD for name in ("change_complaint", "improve_complaint")},
}  # fmt: skip
