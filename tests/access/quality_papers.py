"""Documents in force, the manual and devices are read by who works at the carrier; its keepers write, approve and look who has read."""

from tests.access.quality import CATALOGUE, INSIDE, KEEPERS, KEPT, KEPT_LEADS_ON

READ_BY_EVERYONE = (302, 302, 302, 302, 302, 404, 403, 404, 403)
# The counsellor answers for the device.
CHECKED = (200, 403, 200, 200, 403, 404, 403, 404, 403)
HAS_NO_FILE = (404, 404, 404, 404, 404, 404, 403, 404, 403)

ADDRESSES = {
    **{f"quality:{name}": INSIDE for name in (
        "documents", "manual", "manual_pdf", "equipment_list", "equipment_pdf", "equipment_xlsx",
    )},
    **{f"quality:{name}": KEEPERS for name in ("new_document", "new_chapter", "new_equipment")},
    **{f"quality:{name}": CATALOGUE for name in ("document", "version_pdf", "chapter", "equipment")},
    **{f"quality:{name}": KEPT for name in (
        "edit_document", "review_document", "version", "edit_version", "approve_version", "return_version", "readers", "readers_xlsx",
        "edit_chapter", "edit_equipment",
    )},
    **{f"quality:{name}": KEPT_LEADS_ON for name in (
        "new_version", "submit_version", "withdraw_version", "move_chapter", "drop_chapter",
    )},
    "quality:acknowledge": READ_BY_EVERYONE,
    "quality:check_equipment": CHECKED,
    "quality:version_file": HAS_NO_FILE,
}  # fmt: skip
