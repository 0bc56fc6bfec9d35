"""Guests of a procedure as the house keeps them, and the rooms, which exist for nobody who has no seat in one."""

KEPT = (403, 403, 200, 200, 403, 403, 403, 403, 403)
NOBODY = (404,) * 9
ONE_BUTTON = (403, 403, 302, 302, 403, 403, 403, 403, 403)
ROOMS = (
    "rooms", "room", "schedule", "checklist", "remark", "evidence", "feedback", "summary", "issue", "issued", "visit", "plan",
    "note", "edit_note", "paper", "check", "finish", "report", "write", "present", "vote", "decide", "conditions",
    "revoke",
)  # fmt: skip

ADDRESSES = {
    **{f"quality:{name}": KEPT for name in ("guests", "invite_guest", "guest_looks", "packages", "bring_answer", "package_zip", "package_answer")},
    **{f"quality:{name}": ONE_BUTTON for name in ("renew_guest", "revoke_guest", "end_seat", "take_answer", "drop_answer")},
    "quality:make_package": (405,) * 9,
    **{f"guests:{name}": NOBODY for name in ROOMS},
}  # fmt: skip
PUBLIC = {"guests:invitation": 404}
