from lotse.agency.models.analysis import Analysis, DataItem, FieldNote, Need, SocialSpace
from lotse.agency.models.attendance import SignedName, SignInSheet
from lotse.agency.models.changes import PlanChange
from lotse.agency.models.controlling import ControllingAnswer, ControllingSheet, ControllingUpload, QuestionSet
from lotse.agency.models.materials import Loan, Material
from lotse.agency.models.measures import Measure, MeasureEvidence, MeasureVoucher, ParticipantCount
from lotse.agency.models.papers import AgencyDocument, DismissedHint
from lotse.agency.models.plan import Task, TaskGoal, TaskPartner, TaskStep
from lotse.agency.models.reports import GoalResult, ReportSection, TextVersion
from lotse.agency.models.review import DocumentComment, DocumentStep, ReleasedDocument
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
from lotse.agency.models.volunteers import Deployment, Volunteer

__all__ = [
    "AdviceRequest",
    "AgencyDocument",
    "AgencyMap",
    "Analysis",
    "ControllingAnswer",
    "ControllingSheet",
    "ControllingUpload",
    "DataItem",
    "Dataset",
    "DatasetRow",
    "Deployment",
    "DismissedHint",
    "DocumentComment",
    "DocumentStep",
    "FieldNote",
    "GoalResult",
    "HandbookPage",
    "HandbookReading",
    "HandbookSuggestion",
    "HandbookVersion",
    "Loan",
    "Material",
    "Measure",
    "MeasureEvidence",
    "MeasureVoucher",
    "Need",
    "Onboarding",
    "OnboardingStep",
    "ParticipantCount",
    "PlanChange",
    "ProjectConcept",
    "QuestionSet",
    "ReleasedDocument",
    "ReportSection",
    "SignInSheet",
    "SignedName",
    "SocialSpace",
    "Task",
    "TaskGoal",
    "TaskPartner",
    "TaskStep",
    "TextVersion",
    "Training",
    "TrainingPlace",
    "Volunteer",
]
