"""Who may open which address of this part of the room "Förderung"; see matrix.py."""

from tests.access.funds import FUNDS, FUNDS_LEAD_ON

_OPEN = (
    "subsidies", "new_subsidy", "subsidy", "edit_subsidy", "subsidy_planned_post", "subsidy_other_post", "subsidy_attach",
    "subsidy_attachment", "subsidy_letter_pdf", "subsidy_package_zip", "send_subsidy", "decide_subsidy", "subsidy_notice",
    "prove_subsidy", "subsidy_use", "duty_evidence", "duties_of", "check_duty", "figures", "figure_rows",
)  # fmt: skip
_LEAD_ON = ("remove_subsidy_post", "subsidy_detach", "withdraw_subsidy", "remove_subsidy_use")
ADDRESSES: dict[str, tuple[int, ...]] = {
    **{f"funding:{name}": FUNDS for name in _OPEN},
    **{f"funding:{name}": FUNDS_LEAD_ON for name in _LEAD_ON},
    # Who keeps one carrier's funds is led on to it.
    "funding:duties": (403, 403, 403, 302, 403, 200, 403, 403, 403),
}
