from lotse.funding.models.calls import CallOfFunds, CallShare
from lotse.funding.models.contracts import ContractYear, ForwardingContract
from lotse.funding.models.ledger import LedgerEntry
from lotse.funding.models.payments import Payment

__all__ = ["CallOfFunds", "CallShare", "ContractYear", "ForwardingContract", "LedgerEntry", "Payment"]
