"""Who may open which address of this part of the room "Förderung"; see matrix.py."""

from tests.access.funds import FUNDS, FUNDS_LEAD_ON, RECEIVER, RECEIVER_LEADS_ON

ADDRESSES: dict[str, tuple[int, ...]] = {
    **{
        f"funding:{name}": FUNDS
        for name in (
            "ledger", "ledger_data_xlsx", "book_entry", "entry", "correct_entry", "take_back_entry", "entry_file", "vouchers",
            "book_voucher", "voucher_file", "plan_actual", "plan_data_xlsx", "plan_actual_pdf", "expect", "ledger_accounts",
            "new_ledger_account", "needs", "need", "need_pdf",
        )
    },
    "funding:ask_back_need": RECEIVER,
    "funding:report_need": FUNDS,
    "funding:check_need": RECEIVER_LEADS_ON,
    **{f"funding:{name}": FUNDS_LEAD_ON for name in ("follow_voucher", "give_up_expected", "forget_ledger_account")},
}  # fmt: skip
