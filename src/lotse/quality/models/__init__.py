from lotse.quality.models.assessments import Judgement, PartJudgement, SelfAssessment
from lotse.quality.models.evidence import (
    EvidenceConfirmation,
    EvidenceDocument,
    EvidenceLink,
    EvidenceReading,
    EvidenceTarget,
    EvidenceVersion,
)
from lotse.quality.models.frameworks import Area, Criterion, CriterionLink, CriterionPart, Framework, ManualReference

__all__ = [
    "Area",
    "Criterion",
    "CriterionLink",
    "CriterionPart",
    "EvidenceConfirmation",
    "EvidenceDocument",
    "EvidenceLink",
    "EvidenceReading",
    "EvidenceTarget",
    "EvidenceVersion",
    "Framework",
    "Judgement",
    "ManualReference",
    "PartJudgement",
    "SelfAssessment",
]
