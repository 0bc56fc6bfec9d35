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
    **{f"quality:{name}": ONE_BUTTON for name in ("renew_guest", "revoke_guest", "take_answer", "drop_answer")},
    **{f"quality:{name}": (405,) * 9 for name in ("make_package", "end_seat")},
    **{f"guests:{name}": NOBODY for name in ROOMS},
}  # fmt: skip
PUBLIC = {"guests:invitation": 404}
