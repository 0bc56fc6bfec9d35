"""Buchungen, Plan und Ist, Bedarf."""

from django.urls import path

from lotse.funding.views import ledger, needs, planning, vouchers

ENTRY = "buchungen/<slug:ledger_entry_id>"
urlpatterns = [
    path("buchungen/", ledger.ledger, name="ledger"),
    path("buchungen/ausgabe.xlsx", ledger.ledger_xlsx, name="ledger_data_xlsx"),
    path("buchungen/neu/", ledger.book_entry, name="book_entry"),
    path("buchungen/belege/", vouchers.vouchers, name="vouchers"),
    path("buchungen/belege/<slug:voucher_id>/", vouchers.book_voucher, name="book_voucher"),
    path("buchungen/belege/<slug:voucher_id>/datei/", vouchers.voucher_file, name="voucher_file"),
    path("buchungen/plan/", planning.plan_actual, name="plan_actual"),
    path("buchungen/plan/ausgabe.xlsx", planning.plan_actual_xlsx, name="plan_data_xlsx"),
    path("buchungen/plan/rechenweg.pdf", planning.plan_actual_pdf, name="plan_actual_pdf"),
    path("buchungen/plan/<slug:budget_line_id>/", planning.expect, name="expect"),
    path(
        "buchungen/plan/eigene/<slug:forecast_value_id>/loeschen/", planning.give_up_expected, name="give_up_expected"
    ),
    path("buchungen/konten/", planning.accounts, name="ledger_accounts"),
    path("buchungen/konten/neu/", planning.new_account, name="new_ledger_account"),
    path("buchungen/konten/<slug:ledger_account_id>/loeschen/", planning.forget_account, name="forget_ledger_account"),
    path("buchungen/bedarf/", needs.needs, name="needs"),
    path("buchungen/bedarf/melden/", needs.report_need, name="report_need"),
    path("buchungen/bedarf/<slug:need_report_id>/", needs.need, name="need"),
    path("buchungen/bedarf/<slug:need_report_id>/pruefen/", needs.check_need, name="check_need"),
    path("buchungen/bedarf/<slug:need_report_id>/rueckfrage/", needs.ask_back_need, name="ask_back_need"),
    path("buchungen/bedarf/<slug:need_report_id>/pdf/", needs.need_pdf, name="need_pdf"),
    path(f"{ENTRY}/", ledger.entry, name="entry"),
    path(f"{ENTRY}/zurueck/", ledger.take_back_entry, name="take_back_entry"),
    path(f"{ENTRY}/berichtigen/", ledger.correct_entry, name="correct_entry"),
    path(f"{ENTRY}/nachziehen/", vouchers.follow_voucher, name="follow_voucher"),
    path(f"{ENTRY}/beleg/", ledger.entry_file, name="entry_file"),
]
