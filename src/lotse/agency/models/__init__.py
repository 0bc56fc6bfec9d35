from lotse.agency.models.analysis import Analysis, DataItem, FieldNote, Need, SocialSpace
from lotse.agency.models.changes import PlanChange
from lotse.agency.models.measures import Measure, MeasureEvidence, MeasureVoucher
from lotse.agency.models.papers import AgencyDocument, DismissedHint
from lotse.agency.models.plan import Task, TaskGoal, TaskPartner, TaskStep
from lotse.agency.models.statistics import AgencyMap, Dataset, DatasetRow
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
    "AgencyMap",
    "Analysis",
    "DataItem",
    "Dataset",
    "DatasetRow",
    "DismissedHint",
    "FieldNote",
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
    "SocialSpace",
    "Task",
    "TaskGoal",
    "TaskPartner",
    "TaskStep",
    "Training",
    "TrainingPlace",
]
