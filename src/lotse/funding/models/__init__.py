from lotse.funding.models.accounts import BankAccount
from lotse.funding.models.agreements import VolumeAgreement
from lotse.funding.models.applications import Application, CarrierPart, PartCost, PartFunds, PartPost
from lotse.funding.models.audits import EvidencePackage, PackagePart, Sample
from lotse.funding.models.calls import CallOfFunds, CallShare
from lotse.funding.models.contracts import ContractAmendment, ContractYear, ForwardingContract
from lotse.funding.models.duties import DutyCheck
from lotse.funding.models.ledger import LedgerEntry
from lotse.funding.models.notices import GrantNotice, NoticeYear
from lotse.funding.models.payments import Payment, PaymentRound
from lotse.funding.models.planning import AccountMapping, ForecastValue, NeedReport
from lotse.funding.models.proofs import DifferenceNote, ProofRemark, ReleasedProof, UseProof
from lotse.funding.models.staff import ChangeProcess, QualificationNote, StaffChange
from lotse.funding.models.subsidies import Subsidy, SubsidyAttachment, SubsidyPost, SubsidyUse
from lotse.funding.models.versions import ApplicationVersion

__all__ = [
    "AccountMapping",
    "Application",
    "ApplicationVersion",
    "BankAccount",
    "CallOfFunds",
    "CallShare",
    "CarrierPart",
    "ChangeProcess",
    "ContractAmendment",
    "ContractYear",
    "DifferenceNote",
    "DutyCheck",
    "EvidencePackage",
    "ForecastValue",
    "ForwardingContract",
    "GrantNotice",
    "LedgerEntry",
    "NeedReport",
    "NoticeYear",
    "PackagePart",
    "PartCost",
    "PartFunds",
    "PartPost",
    "Payment",
    "PaymentRound",
    "ProofRemark",
    "QualificationNote",
    "ReleasedProof",
    "Sample",
    "StaffChange",
    "Subsidy",
    "SubsidyAttachment",
    "SubsidyPost",
    "SubsidyUse",
    "UseProof",
    "VolumeAgreement",
]
