from lotse.quality.models.assessments import Judgement, PartJudgement, SelfAssessment
from lotse.quality.models.frameworks import Area, Criterion, CriterionLink, CriterionPart, Framework, ManualReference
from lotse.quality.models.improvements import Improvement, ImprovementNote
from lotse.quality.models.voices import Complaint, Suggestion

__all__ = [
    "Area",
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
    "SelfAssessment",
    "Suggestion",
]
