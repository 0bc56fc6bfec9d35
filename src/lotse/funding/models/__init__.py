from lotse.funding.models.applications import Application, CarrierPart, PartCost, PartFunds, PartPost
from lotse.funding.models.audits import EvidencePackage, PackagePart, Sample
from lotse.funding.models.calls import CallOfFunds, CallShare
from lotse.funding.models.contracts import ContractYear, ForwardingContract
from lotse.funding.models.ledger import LedgerEntry
from lotse.funding.models.notices import GrantNotice, NoticeYear
from lotse.funding.models.payments import Payment
from lotse.funding.models.proofs import DifferenceNote, ProofRemark, ReleasedProof, UseProof

__all__ = [
    "Application",
    "CallOfFunds",
    "CallShare",
    "CarrierPart",
    "ContractYear",
    "DifferenceNote",
    "EvidencePackage",
    "ForwardingContract",
    "GrantNotice",
    "LedgerEntry",
    "NoticeYear",
    "PackagePart",
    "PartCost",
    "PartFunds",
    "PartPost",
    "Payment",
    "ProofRemark",
    "ReleasedProof",
    "Sample",
    "UseProof",
]
