"""Verträge, Abrufe, Zahlungen, Bankverbindungen."""

from django.urls import URLPattern, path

from lotse.funding.views import calls, contracts, home, rounds, signatures

CARRIER = "zuwendungen/<slug:grant_id>/traeger/<slug:paid_carrier_id>"
CONTRACT = "vertraege/<slug:forwarding_contract_id>"
AMENDMENT = "nachtraege/<slug:contract_amendment_id>"

urlpatterns: list[URLPattern] = [
    path("weiterleitung/", contracts.money, name="money"),
    path(f"{CARRIER}/bewegungen/", home.movements, name="movements"),
    path(f"{CARRIER}/bewegungen.<slug:ending>", home.movements_file, name="movements_file"),
    path(
        "zuwendungen/<slug:grant_id>/traeger/<slug:unbound_carrier_id>/vertrag/", contracts.begin, name="begin_contract"
    ),
    path(f"{CONTRACT}/", contracts.contract, name="contract"),
    path(f"{CONTRACT}/vertrag.pdf", contracts.pdf, name="contract_pdf"),
    path(f"{CONTRACT}/unterschrift/<slug:side>/", signatures.sign, name="sign_contract"),
    path(f"{CONTRACT}/unterschrift/<slug:side>/zuruecknehmen/", signatures.unsign, name="unsign_contract"),
    path(f"{CONTRACT}/ablegen/", contracts.file_paper, name="file_contract"),
    path(f"{CONTRACT}/papier/", contracts.paper, name="contract_paper"),
    path(f"{CONTRACT}/verwerfen/", contracts.discard, name="discard_contract"),
    path(f"{CONTRACT}/nachtrag/", contracts.amend, name="amend_contract"),
    path(f"{CONTRACT}/rueckzahlung/", contracts.repay, name="repay"),
    path(f"{AMENDMENT}/nachtrag.pdf", contracts.amendment_pdf, name="amendment_pdf"),
    path(f"{AMENDMENT}/unterschrift/<slug:side>/", signatures.sign_amendment, name="sign_amendment"),
    path(f"{AMENDMENT}/unterschrift/<slug:side>/zuruecknehmen/", signatures.unsign_amendment, name="unsign_amendment"),
    path(f"{AMENDMENT}/ablegen/", contracts.file_amendment, name="file_amendment"),
    path(f"{AMENDMENT}/papier/", contracts.amendment_paper, name="amendment_paper"),
    path(f"{AMENDMENT}/verwerfen/", contracts.discard_amendment, name="discard_amendment"),
    path("abrufe/", calls.calls, name="calls"),
    path("zuwendungen/<slug:grant_id>/abruf/", calls.new_call, name="new_call"),
    path("abrufe/<slug:call_id>/", calls.call, name="call"),
    path("abrufe/<slug:call_id>/abruf.pdf", calls.pdf, name="call_pdf"),
    path("abrufe/<slug:call_id>/eingang/", calls.received, name="call_received"),
    path("zahlungen/", rounds.rounds, name="rounds"),
    path("zuwendungen/<slug:grant_id>/zahlung/", rounds.new_round, name="new_round"),
    path("zahlungen/<slug:payment_round_id>/", rounds.round_page, name="round"),
    path("zahlungen/<slug:payment_round_id>/ueberweisungen.xml", rounds.transfers, name="transfers"),
    path("konten/", rounds.accounts, name="accounts"),
    path("zuwendungen/<slug:grant_id>/konten/<slug:account_house_id>/neu/", rounds.new_account, name="new_account"),
    path(
        "zuwendungen/<slug:grant_id>/konten/<slug:bank_account_id>/bestaetigen/", rounds.confirm, name="confirm_account"
    ),
]
