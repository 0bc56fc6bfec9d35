"""Any row of any model, filled by its columns alone: for tests of the database, beneath actions and forms."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count

from django.db import models

from lotse.agency.models import AgencyDocument, DataItem, Dataset, Deployment, Measure, ReportSection, TaskGoal
from lotse.auditlog.models import ExpiredSegment
from lotse.casework.models import (
    Appointment,
    CaseloadGuide,
    Client,
    DataSubjectRequest,
    FileAssignment,
    ResponsibilityRule,
    ReviewRound,
    SupportPlan,
)
from lotse.catalogues.models import CatalogueOverride
from lotse.correspondence.models import SignedLink
from lotse.documents.models import Evidence, RetentionRule
from lotse.facts.models import FigureTarget, YearlyRating
from lotse.funding.models import (
    CallShare,
    ContractYear,
    DifferenceNote,
    LedgerEntry,
    NeedReport,
    PartCost,
    PartFunds,
    Payment,
    Subsidy,
    UseProof,
)
from lotse.insight.models import Snapshot
from lotse.network.models import AgendaItem, Attendance, Meeting, Member, PreconditionRating, Sending
from lotse.organisations.models import Membership
from lotse.partners.models import PartnerLanguage, PartnerRelation
from lotse.programmes.models import DeadlineRule, FundingYear, Grant, Voucher
from lotse.quality.models import (
    Audit,
    BoardDecision,
    Certificate,
    Duty,
    DutyTemplate,
    OnSiteCheck,
    Participant,
    Submission,
)
from lotse.surveys.models import SurveyCode, SurveyKeyword
from lotse.wayup.models import ReportingPeriod

DAY, LATER = date(2026, 3, 1), date(2026, 3, 2)
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
# What a model needs besides: where the plainest row breaks a rule.
MORE = {
    Audit: {"kind": "funder", "auditor_body": "Prüfstelle"},
    AgencyDocument: {"funding_year": 2026, "until_year": 2026},
    DataItem: {"source": "Stadt"},
    Duty: {"begins": time(9), "ends": time(12)},
    DutyTemplate: {"begins": time(9), "ends": time(12), "needs": 1},
    Dataset: {"source": "Stadt"},
    DeadlineRule: {"every_years": 1},
    Deployment: {"minutes": 60},
    Evidence: {"kind": "press"},
    Grant: {"first_year": 2026, "last_year": 2027},
    Measure: {"funding_year": 2026},
    TaskGoal: {"indicator": "Anzahl", "method": "gezählt"},
    CallShare: {"amount": 5},
    ContractYear: {"amount": 5},
    LedgerEntry: {"amount": 5, "kind": "own_share"},
    NeedReport: {"kind": "none"},
    PartCost: {"amount": 5},
    PartFunds: {"amount": 5},
    Payment: {"amount": 5},
    Subsidy: {"first_year": 2026, "last_year": 2027},
    DifferenceNote: {"subject": "line"},
    UseProof: {"first_year": 2026, "funding_year": 2026},
    Voucher: {"amount": 5},
    Certificate: {"valid_until": LATER},
    BoardDecision: {"members": 3, "yes": 2, "no": 1, "abstained": 0},
    AgendaItem: {"lasts": 5},
    Meeting: {"ends_at": MOMENT.replace(hour=14)},
    Appointment: {"starts_at": MOMENT, "ends_at": MOMENT.replace(hour=13)},
    CaseloadGuide: {"cases_per_fte": 60},
    FigureTarget: {"review_on": LATER},
    YearlyRating: {"rating": 3},
    CatalogueOverride: {"label": "Wohnen"},
    DataSubjectRequest: {"due_on": LATER},
    ExpiredSegment: {"segment": "2020-01"},
    FileAssignment: {"needs_confirmation": True},
    FundingYear: {"ends_on": LATER},
    ResponsibilityRule: {"elsewhere": "Stadt"},
    RetentionRule: {"months": 36},
    PreconditionRating: {"year": 2026},
    ReportingPeriod: {"due_on": LATER},
    ReviewRound: {"per_counsellor": 2},
    SignedLink: {"created_at": MOMENT, "valid_until": MOMENT.replace(year=2027)},
    Membership: {"needs_confirmation": True},
}
# Columns that may be empty, but not in a plain row.
FILLED = {
    OnSiteCheck: ("submission",),
    Submission: ("file",),
    Participant: ("person",),
    DifferenceNote: ("line",),
    DataItem: ("row",),
    Attendance: ("person",),
    Client: ("site", "responsible", "household", "number"),
    PartnerLanguage: ("offer",),
    PartnerRelation: ("other",),
    ReportSection: ("task", "measure"),
    Snapshot: ("site",),
    SupportPlan: ("number",),
    Member: ("person",),
    Sending: ("meeting",),
    SurveyCode: ("digest",),
    SurveyKeyword: ("digest",),
}
_numbers = count(1)


def row(model, **values):
    """An unsaved row that every constraint accepts; the rows it points to are saved."""
    given = {**MORE.get(model, {}), **values}
    needed = [
        f for f in model._meta.concrete_fields if f.name not in given and f.attname not in given and _is_needed(f)
    ]
    filled = [model._meta.get_field(name) for name in FILLED.get(model, ()) if name not in given]
    return model(**{f.name: _value(f) for f in [*needed, *filled]}, **given)


def saved(model, **values):
    """Without `save()`, which may do more than its columns say."""
    return model._base_manager.bulk_create([row(model, **values)])[0]


def _is_needed(field):
    return not (field.primary_key or field.null or field.has_default() or field.blank)


def _value(field):
    if field.is_relation:
        return saved(field.related_model)
    if field.choices:
        return field.flatchoices[0][0]
    number = next(_numbers)
    by_kind = {
        models.BooleanField: True,
        models.DateTimeField: MOMENT,
        models.DateField: DAY,
        models.DecimalField: Decimal("0.50"),
        models.IntegerField: number,
        models.JSONField: {},
        models.BinaryField: b"x",
        models.EmailField: f"{number}@lotse.example",
        models.Field: f"{number}"[: getattr(field, "max_length", None)],
    }
    return next(value for kind, value in by_kind.items() if isinstance(field, kind))
