from lotse.quality.models.assessments import Judgement, PartJudgement, SelfAssessment
from lotse.quality.models.cover import EmergencyContact, StandIn
from lotse.quality.models.duty import Duty, DutyAbsence, DutyTemplate
from lotse.quality.models.frameworks import Area, Criterion, CriterionLink, CriterionPart, Framework, ManualReference
from lotse.quality.models.rosters import Roster, RosterAnswer

__all__ = [
    "Area",
    "Criterion",
    "CriterionLink",
    "CriterionPart",
    "Duty",
    "DutyAbsence",
    "DutyTemplate",
    "EmergencyContact",
    "Framework",
    "Judgement",
    "ManualReference",
    "PartJudgement",
    "Roster",
    "RosterAnswer",
    "SelfAssessment",
    "StandIn",
]
