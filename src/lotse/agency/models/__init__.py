from lotse.agency.models.analysis import Analysis, DataItem, Need, SocialSpace
from lotse.agency.models.measures import Measure, MeasureEvidence, MeasureVoucher
from lotse.agency.models.papers import AgencyDocument, DismissedHint
from lotse.agency.models.plan import Task, TaskGoal, TaskStep

__all__ = [
    "AgencyDocument",
    "Analysis",
    "DataItem",
    "DismissedHint",
    "Measure",
    "MeasureEvidence",
    "MeasureVoucher",
    "Need",
    "SocialSpace",
    "Task",
    "TaskGoal",
    "TaskStep",
]
