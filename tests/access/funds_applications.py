"""Who may open which address of this part of the room "Förderung"; see matrix.py."""

from tests.access.funds import FUNDS, FUNDS_LEAD_ON, RECEIVER, RECEIVER_LEADS_ON

ADDRESSES: dict[str, tuple[int, ...]] = {
    **{
        f"funding:{name}": FUNDS
        for name in (
            "application", "carrier_part", "new_part_post", "edit_part_post", "part_plan", "part_measures", "hand_in_part",
            "part_pdf", "application_version", "application_version_paper",
        )
    },
    **{f"funding:{name}": FUNDS_LEAD_ON for name in ("take_over_part", "remove_part_post")},
    **{
        f"funding:{name}": RECEIVER
        for name in (
            "return_part", "submit_application", "correct_application", "decide_application", "application_pdf",
            "application_data_xlsx", "grant_notices", "new_grant_notice", "volume_agreements", "new_volume_agreement",
        )
    },
    **{f"funding:{name}": RECEIVER_LEADS_ON for name in ("begin_application", "add_missing_parts")},
    "funding:grant_notice_paper": (403, 403, 403, 404, 403, 200, 403, 403, 403),
}  # fmt: skip
