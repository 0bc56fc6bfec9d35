from lotse.quality.models.assessments import Judgement, PartJudgement, SelfAssessment
from lotse.quality.models.audits import Audit, AuditFinding, CheckItem, PreparationItem
from lotse.quality.models.certification import Certification, CertificationContract, CertificationEvent, ScheduleItem
from lotse.quality.models.checklist import ChecklistItem, FeedbackRemark, FeedbackReport, Submission
from lotse.quality.models.cover import EmergencyContact, StandIn
from lotse.quality.models.decision import BoardDecision, BoardVote, Certificate
from lotse.quality.models.duty import Duty, DutyAbsence, DutyTemplate
from lotse.quality.models.equipment import Equipment, EquipmentCheck
from lotse.quality.models.evidence import (
    EvidenceConfirmation,
    EvidenceDocument,
    EvidenceLink,
    EvidenceReading,
    EvidenceTarget,
    EvidenceVersion,
)
from lotse.quality.models.frameworks import Area, Criterion, CriterionLink, CriterionPart, Framework, ManualReference
from lotse.quality.models.governed import Acknowledgement, DocumentReview, GovernedDocument, GovernedVersion
from lotse.quality.models.guests import ExchangeAnswer, ExchangePackage, GuestAccess, PackageKey
from lotse.quality.models.improvements import Improvement, ImprovementNote
from lotse.quality.models.manual import ManualChapter
from lotse.quality.models.officers import QmExchange, QmOfficer
from lotse.quality.models.participants import Participant
from lotse.quality.models.rosters import Roster, RosterAnswer
from lotse.quality.models.visit import AuditReport, InterviewNote, OnSiteCheck, Visit
from lotse.quality.models.voices import Complaint, Suggestion

__all__ = [
    "Acknowledgement",
    "Area",
    "Audit",
    "AuditFinding",
    "AuditReport",
    "BoardDecision",
    "BoardVote",
    "Certificate",
    "Certification",
    "CertificationContract",
    "CertificationEvent",
    "CheckItem",
    "ChecklistItem",
    "Complaint",
    "Criterion",
    "CriterionLink",
    "CriterionPart",
    "DocumentReview",
    "Duty",
    "DutyAbsence",
    "DutyTemplate",
    "EmergencyContact",
    "Equipment",
    "EquipmentCheck",
    "EvidenceConfirmation",
    "EvidenceDocument",
    "EvidenceLink",
    "EvidenceReading",
    "EvidenceTarget",
    "EvidenceVersion",
    "ExchangeAnswer",
    "ExchangePackage",
    "FeedbackRemark",
    "FeedbackReport",
    "Framework",
    "GovernedDocument",
    "GovernedVersion",
    "GuestAccess",
    "Improvement",
    "ImprovementNote",
    "InterviewNote",
    "Judgement",
    "ManualChapter",
    "ManualReference",
    "OnSiteCheck",
    "PackageKey",
    "PartJudgement",
    "Participant",
    "PreparationItem",
    "QmExchange",
    "QmOfficer",
    "Roster",
    "RosterAnswer",
    "ScheduleItem",
    "SelfAssessment",
    "StandIn",
    "Submission",
    "Suggestion",
    "Visit",
]
