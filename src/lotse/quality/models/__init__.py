from lotse.quality.models.assessments import Judgement, PartJudgement, SelfAssessment
from lotse.quality.models.frameworks import Area, Criterion, CriterionLink, CriterionPart, Framework, ManualReference

__all__ = [
    "Area",
    "Criterion",
    "CriterionLink",
    "CriterionPart",
    "Framework",
    "Judgement",
    "ManualReference",
    "PartJudgement",
    "SelfAssessment",
]
