from lotse.funding.models.applications import Application, CarrierPart, PartCost, PartFunds, PartPost
from lotse.funding.models.calls import CallOfFunds, CallShare
from lotse.funding.models.contracts import ContractYear, ForwardingContract
from lotse.funding.models.ledger import LedgerEntry
from lotse.funding.models.notices import GrantNotice, NoticeYear
from lotse.funding.models.payments import Payment
from lotse.funding.models.staff import ChangeProcess, QualificationNote, StaffChange

__all__ = [
    "Application",
    "CallOfFunds",
    "CallShare",
    "CarrierPart",
    "ChangeProcess",
    "ContractYear",
    "ForwardingContract",
    "GrantNotice",
    "LedgerEntry",
    "NoticeYear",
    "PartCost",
    "PartFunds",
    "PartPost",
    "Payment",
    "QualificationNote",
    "StaffChange",
]
