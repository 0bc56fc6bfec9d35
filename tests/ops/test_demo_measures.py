"""The year of two agencies in the demo."""

from types import SimpleNamespace

from django.utils import timezone

from lotse.agency.enums import MeasureState
from lotse.agency.models import (
    Deployment,
    Loan,
    Measure,
    MeasureEvidence,
    MeasureVoucher,
    ParticipantCount,
    SignInSheet,
)
from lotse.portal.demo.district import build_district
from lotse.portal.demo.showcase import agency_measures

SHOWN = (Deployment, Loan, MeasureEvidence, MeasureVoucher, ParticipantCount, SignInSheet)


def test_two_agencies_have_a_year_of_measures(db):
    build_district()
    agency_measures.tell(SimpleNamespace(today=timezone.localdate()))
    agencies = set(Measure.objects.values_list("agency__name", flat=True))
    assert agencies == set(agency_measures.AGENCIES)
    assert set(Measure.objects.values_list("state", flat=True)) == set(MeasureState.values)
    assert [model.__name__ for model in SHOWN if not model.objects.exists()] == []
