from lotse.casework.models.access import FileAssignment
from lotse.casework.models.accommodation import Accommodation
from lotse.casework.models.agreement import Agreement, AgreementReview
from lotse.casework.models.appointment import AppointmentNote
from lotse.casework.models.assessment import Assessment
from lotse.casework.models.calendar import Appointment
from lotse.casework.models.capacity import CaseloadGuide
from lotse.casework.models.case import CaseStateChange, CounsellingCase, TierChange
from lotse.casework.models.caseload import Absence, CaseloadTransfer
from lotse.casework.models.client import Client, GermanLevel, Household, HouseholdMember, ResidenceStatus
from lotse.casework.models.consent import Consent
from lotse.casework.models.contact import Contact, ContactTopic
from lotse.casework.models.course import CourseParticipation, ProviderContact
from lotse.casework.models.custody import ClientProperty, DamageReport
from lotse.casework.models.desk import Correction, DataSubjectRequest, ErasureHold, ErasureItem, ErasureRun
from lotse.casework.models.discrimination import DiscriminationGround, DiscriminationRecord, GroundList
from lotse.casework.models.eligibility import EligibilityAdvice
from lotse.casework.models.enquiry import Enquiry, EnquiryTopic
from lotse.casework.models.handover import Handover
from lotse.casework.models.letters import CaseMail, CaseMailFile, Letter, LetterTemplate
from lotse.casework.models.merging import MergeRecord, PairDecision
from lotse.casework.models.outcome import OutcomeSheet
from lotse.casework.models.part_a import PartA
from lotse.casework.models.plan import PlanGoal, PlanStatus, PlanStep, SupportPlan
from lotse.casework.models.referral import Referral, ReferralQuestion
from lotse.casework.models.responsibility import ResponsibilityRule
from lotse.casework.models.review import FileReview, ReviewPoint, ReviewRound
from lotse.casework.models.scan import PlanScan

__all__ = [
    "Absence",
    "Accommodation",
    "Agreement",
    "AgreementReview",
    "Appointment",
    "AppointmentNote",
    "Assessment",
    "CaseMail",
    "CaseMailFile",
    "CaseStateChange",
    "CaseloadGuide",
    "CaseloadTransfer",
    "Client",
    "ClientProperty",
    "Consent",
    "Contact",
    "ContactTopic",
    "Correction",
    "CounsellingCase",
    "CourseParticipation",
    "DamageReport",
    "DataSubjectRequest",
    "DiscriminationGround",
    "DiscriminationRecord",
    "EligibilityAdvice",
    "Enquiry",
    "EnquiryTopic",
    "ErasureHold",
    "ErasureItem",
    "ErasureRun",
    "FileAssignment",
    "FileReview",
    "GermanLevel",
    "GroundList",
    "Handover",
    "Household",
    "HouseholdMember",
    "Letter",
    "LetterTemplate",
    "MergeRecord",
    "OutcomeSheet",
    "PairDecision",
    "PartA",
    "PlanGoal",
    "PlanScan",
    "PlanStatus",
    "PlanStep",
    "ProviderContact",
    "Referral",
    "ReferralQuestion",
    "ResidenceStatus",
    "ResponsibilityRule",
    "ReviewPoint",
    "ReviewRound",
    "SupportPlan",
    "TierChange",
]
