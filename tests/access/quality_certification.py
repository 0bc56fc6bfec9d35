"""A procedure of certification: the house's keepers alone; who looks over the carriers sees the list of states."""

FOLLOWED = (403, 403, 200, 200, 403, 200, 403, 403, 403)
KEEPERS = (403, 403, 200, 200, 403, 403, 403, 403, 403)
OPEN = (404, 404, 200, 200, 404, 404, 403, 404, 403)
LEADS_ON = (404, 404, 302, 302, 404, 404, 403, 404, 403)

ADDRESSES = {
    "quality:certifications": FOLLOWED,
    "quality:register": KEEPERS,
    **{f"quality:{name}": OPEN for name in (
        "certification", "contract", "contract_file", "schedule", "checklist", "answer", "checklist_documents", "new_document",
        "document_file", "feedback_pdf", "report_pdf", "certificate_pdf",
    )},
    **{f"quality:{name}": LEADS_ON for name in (
        "agree_schedule", "withdraw", "confirm_answer", "submit_checklist", "remove_document",
    )},
}  # fmt: skip
