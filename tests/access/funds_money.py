"""Who may open which address of this part of the room "Förderung"; see matrix.py."""

from tests.access.funds import FUNDS, FUNDS_LEAD_ON, RECEIVER, RECEIVER_LEADS_ON

# The calls of the receiver, and its rounds, are not there for a carrier.
RECEIVED = (403, 403, 403, 404, 403, 200, 403, 403, 403)

ADDRESSES: dict[str, tuple[int, ...]] = {
    "funding:money": FUNDS,
    "funding:movements": FUNDS,
    "funding:movements_file": FUNDS,
    "funding:begin_contract": RECEIVER,
    "funding:contract": FUNDS,
    "funding:contract_pdf": FUNDS,
    "funding:sign_contract": FUNDS,
    "funding:unsign_contract": FUNDS_LEAD_ON,
    "funding:file_contract": RECEIVER,
    "funding:contract_paper": FUNDS,
    "funding:discard_contract": RECEIVER_LEADS_ON,
    "funding:amend_contract": RECEIVER,
    "funding:repay": RECEIVER,
    "funding:amendment_pdf": FUNDS,
    "funding:sign_amendment": FUNDS,
    "funding:unsign_amendment": FUNDS_LEAD_ON,
    "funding:file_amendment": RECEIVER,
    "funding:amendment_paper": FUNDS,
    "funding:discard_amendment": RECEIVER_LEADS_ON,
    "funding:calls": FUNDS,
    "funding:new_call": RECEIVER,
    "funding:call": RECEIVED,
    "funding:call_pdf": RECEIVED,
    "funding:call_received": RECEIVED,
    "funding:rounds": FUNDS,
    "funding:new_round": RECEIVER,
    "funding:round": RECEIVED,
    "funding:transfers": RECEIVED,
    "funding:accounts": FUNDS,
    "funding:new_account": FUNDS,
    "funding:confirm_account": FUNDS_LEAD_ON,
}
