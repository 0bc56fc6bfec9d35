"""Parse and validate what counsellors type; call nothing."""

from lotse.casework.forms.cases import DayForm, EndForm, EvaluationForm, SustainabilityForm, TierForm, end_states
from lotse.casework.forms.contacts import (
    AssessmentForm,
    ConsentDecisionForm,
    ContactForm,
    EnquiryForm,
    FirstContactForm,
    NextStepForm,
    WithdrawalForm,
)
from lotse.casework.forms.people import AppointmentForm, AssignmentForm, HouseholdMemberForm, NewPersonForm, PersonForm
from lotse.casework.forms.plans import (
    AchievementForm,
    ChapterForm,
    EnvironmentForm,
    GoalForm,
    HandOutForm,
    StatusForm,
    StepForm,
)

__all__ = [
    "AchievementForm",
    "AppointmentForm",
    "AssessmentForm",
    "AssignmentForm",
    "ChapterForm",
    "ConsentDecisionForm",
    "ContactForm",
    "DayForm",
    "EndForm",
    "EnquiryForm",
    "EnvironmentForm",
    "EvaluationForm",
    "FirstContactForm",
    "GoalForm",
    "HandOutForm",
    "HouseholdMemberForm",
    "NewPersonForm",
    "NextStepForm",
    "PersonForm",
    "StatusForm",
    "StepForm",
    "SustainabilityForm",
    "TierForm",
    "WithdrawalForm",
    "end_states",
]
