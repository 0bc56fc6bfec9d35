from lotse.quality.models.assessments import Judgement, PartJudgement, SelfAssessment
from lotse.quality.models.certification import Certification, CertificationContract, CertificationEvent, ScheduleItem
from lotse.quality.models.checklist import ChecklistItem, FeedbackRemark, FeedbackReport, Submission
from lotse.quality.models.decision import BoardVote, Certificate, Decision
from lotse.quality.models.frameworks import Area, Criterion, CriterionLink, CriterionPart, Framework, ManualReference
from lotse.quality.models.guests import ExchangeAnswer, ExchangePackage, GuestAccess, PackageKey
from lotse.quality.models.participants import Participant
from lotse.quality.models.visit import AuditReport, InterviewNote, OnSiteCheck, Visit

__all__ = [
    "Area",
    "AuditReport",
    "BoardVote",
    "Certificate",
    "Certification",
    "CertificationContract",
    "CertificationEvent",
    "ChecklistItem",
    "Criterion",
    "CriterionLink",
    "CriterionPart",
    "Decision",
    "ExchangeAnswer",
    "ExchangePackage",
    "FeedbackRemark",
    "FeedbackReport",
    "Framework",
    "GuestAccess",
    "InterviewNote",
    "Judgement",
    "ManualReference",
    "OnSiteCheck",
    "PackageKey",
    "PartJudgement",
    "Participant",
    "ScheduleItem",
    "SelfAssessment",
    "Submission",
    "Visit",
]
