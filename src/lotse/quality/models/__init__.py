from lotse.quality.models.assessments import Judgement, PartJudgement, SelfAssessment
from lotse.quality.models.audits import Audit, AuditFinding, CheckItem, PreparationItem
from lotse.quality.models.frameworks import Area, Criterion, CriterionLink, CriterionPart, Framework, ManualReference
from lotse.quality.models.officers import QmExchange, QmOfficer

__all__ = [
    "Area",
    "Audit",
    "AuditFinding",
    "CheckItem",
    "Criterion",
    "CriterionLink",
    "CriterionPart",
    "Framework",
    "Judgement",
    "ManualReference",
    "PartJudgement",
    "PreparationItem",
    "QmExchange",
    "QmOfficer",
    "SelfAssessment",
]
