from lotse.agency.models.analysis import Analysis, DataItem, Need, SocialSpace
from lotse.agency.models.changes import PlanChange
from lotse.agency.models.controlling import ControllingAnswer, ControllingSheet, ControllingUpload, QuestionSet
from lotse.agency.models.measures import Measure, MeasureEvidence, MeasureVoucher
from lotse.agency.models.papers import AgencyDocument, DismissedHint
from lotse.agency.models.plan import Task, TaskGoal, TaskPartner, TaskStep
from lotse.agency.models.support import (
    AdviceRequest,
    HandbookPage,
    HandbookReading,
    HandbookSuggestion,
    HandbookVersion,
    Onboarding,
    OnboardingStep,
    ProjectConcept,
    Training,
    TrainingPlace,
)

__all__ = [
    "AdviceRequest",
    "AgencyDocument",
    "Analysis",
    "ControllingAnswer",
    "ControllingSheet",
    "ControllingUpload",
    "DataItem",
    "DismissedHint",
    "HandbookPage",
    "HandbookReading",
    "HandbookSuggestion",
    "HandbookVersion",
    "Measure",
    "MeasureEvidence",
    "MeasureVoucher",
    "Need",
    "Onboarding",
    "OnboardingStep",
    "PlanChange",
    "ProjectConcept",
    "QuestionSet",
    "SocialSpace",
    "Task",
    "TaskGoal",
    "TaskPartner",
    "TaskStep",
    "Training",
    "TrainingPlace",
]
