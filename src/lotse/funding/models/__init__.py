from lotse.funding.models.applications import Application, CarrierPart, PartCost, PartFunds, PartPost
from lotse.funding.models.calls import CallOfFunds, CallShare
from lotse.funding.models.contracts import ContractYear, ForwardingContract
from lotse.funding.models.ledger import LedgerEntry
from lotse.funding.models.notices import GrantNotice, NoticeYear
from lotse.funding.models.payments import Payment
from lotse.funding.models.planning import AccountMapping, ForecastValue, NeedReport

__all__ = [
    "AccountMapping",
    "Application",
    "CallOfFunds",
    "CallShare",
    "CarrierPart",
    "ContractYear",
    "ForecastValue",
    "ForwardingContract",
    "GrantNotice",
    "LedgerEntry",
    "NeedReport",
    "NoticeYear",
    "PartCost",
    "PartFunds",
    "PartPost",
    "Payment",
]
