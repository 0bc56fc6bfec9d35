"""Who may open which address of this part of the room "Förderung"; see matrix.py."""

from tests.access.funds import FUNDS, FUNDS_LEAD_ON, RECEIVER, RECEIVER_LEADS_ON

ADDRESSES: dict[str, tuple[int, ...]] = {
    **{
        f"funding:{name}": FUNDS
        for name in (
            "posts", "posts_picture", "staff_changes", "choose_change", "new_change", "staff_change", "edit_change",
            "change_paper", "name_newcomer", "process_receipt", "take_over_change", "qualification",
        )
    },
    **{f"funding:{name}": FUNDS_LEAD_ON for name in ("withdraw_change", "send_contact")},
    **{f"funding:{name}": RECEIVER for name in ("process_letter", "forward_process", "answer_process")},
    "funding:edit_qualification": (403, 403, 403, 200, 403, 404, 403, 403, 403),
    "funding:set_aside_process": RECEIVER_LEADS_ON,
}  # fmt: skip
