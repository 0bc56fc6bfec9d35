from lotse.quality.models.assessments import Judgement, PartJudgement, SelfAssessment
from lotse.quality.models.audits import Audit, AuditFinding, CheckItem, PreparationItem
from lotse.quality.models.frameworks import Area, Criterion, CriterionLink, CriterionPart, Framework, ManualReference
from lotse.quality.models.improvements import Improvement, ImprovementNote
from lotse.quality.models.officers import QmExchange, QmOfficer
from lotse.quality.models.voices import Complaint, Suggestion

__all__ = [
    "Area",
    "Audit",
    "AuditFinding",
    "CheckItem",
    "Complaint",
    "Criterion",
    "CriterionLink",
    "CriterionPart",
    "Framework",
    "Improvement",
    "ImprovementNote",
    "Judgement",
    "ManualReference",
    "PartJudgement",
    "PreparationItem",
    "QmExchange",
    "QmOfficer",
    "SelfAssessment",
    "Suggestion",
]
