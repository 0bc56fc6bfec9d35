from lotse.quality.models.assessments import Judgement, PartJudgement, SelfAssessment
from lotse.quality.models.equipment import Equipment, EquipmentCheck
from lotse.quality.models.frameworks import Area, Criterion, CriterionLink, CriterionPart, Framework, ManualReference
from lotse.quality.models.governed import Acknowledgement, DocumentReview, GovernedDocument, GovernedVersion
from lotse.quality.models.manual import ManualChapter

__all__ = [
    "Acknowledgement",
    "Area",
    "Criterion",
    "CriterionLink",
    "CriterionPart",
    "DocumentReview",
    "Equipment",
    "EquipmentCheck",
    "Framework",
    "GovernedDocument",
    "GovernedVersion",
    "Judgement",
    "ManualChapter",
    "ManualReference",
    "PartJudgement",
    "SelfAssessment",
]
