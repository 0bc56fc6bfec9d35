from lotse.quality.models.assessments import Judgement, PartJudgement, SelfAssessment
from lotse.quality.models.audits import Audit, AuditFinding, CheckItem, PreparationItem
from lotse.quality.models.equipment import Equipment, EquipmentCheck
from lotse.quality.models.frameworks import Area, Criterion, CriterionLink, CriterionPart, Framework, ManualReference
from lotse.quality.models.governed import Acknowledgement, DocumentReview, GovernedDocument, GovernedVersion
from lotse.quality.models.improvements import Improvement, ImprovementNote
from lotse.quality.models.officers import QmExchange, QmOfficer
from lotse.quality.models.manual import ManualChapter
from lotse.quality.models.voices import Complaint, Suggestion
from lotse.quality.models.cover import EmergencyContact, StandIn
from lotse.quality.models.duty import Duty, DutyAbsence, DutyTemplate
from lotse.quality.models.frameworks import Area, Criterion, CriterionLink, CriterionPart, Framework, ManualReference
from lotse.quality.models.rosters import Roster, RosterAnswer

__all__ = [
    "Acknowledgement",
    "Area",
    "Audit",
    "AuditFinding",
    "CheckItem",
    "Complaint",
    "Criterion",
    "CriterionLink",
    "CriterionPart",
    "DocumentReview",
    "Equipment",
    "EquipmentCheck",
    "Duty",
    "DutyAbsence",
    "DutyTemplate",
    "EmergencyContact",
    "Framework",
    "GovernedDocument",
    "GovernedVersion",
    "Improvement",
    "ImprovementNote",
    "Judgement",
    "ManualChapter",
    "ManualReference",
    "PartJudgement",
    "PreparationItem",
    "QmExchange",
    "QmOfficer",
    "SelfAssessment",
    "Suggestion",
    "Roster",
    "RosterAnswer",
    "SelfAssessment",
    "StandIn",
]
