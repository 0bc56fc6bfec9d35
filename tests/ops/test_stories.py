"""The demo shows all of it: no kind of row is missing, whatever the day, and its numbers are large enough to be read."""

import io
from datetime import datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from lotse.accounts.models import User
from lotse.casework.enums import AppointmentState
from lotse.casework.models import Appointment
from lotse.insight.enums import PeriodKind
from lotse.insight.models import Snapshot
from lotse.insight.released import shown_tables
from lotse.insight.rules import audience_of
from lotse.organisations.who import actor_for_user
from lotse.portal.demo.district import build_district
from lotse.portal.demo.showcase import tell_stories

APPS = ("casework", "partners", "imports", "facts", "surveys", "network", "insight", "wayup", "funding")
# Kinds of rows that the demo does not show, and why.
NOT_IN_THE_DEMO: dict[str, str] = {}


def test_no_kind_of_row_is_missing(db):
    said = io.StringIO()
    call_command("demo", clients=4, stdout=said)

    models = [model for name in APPS for model in apps.get_app_config(name).get_models()]
    assert {m.__name__ for m in models if not m._base_manager.exists()} == set(NOT_IN_THE_DEMO)
    assert "Erzählte Fälle in " in said.getvalue()


@pytest.mark.once
@pytest.mark.parametrize("moment", [
    datetime(2027, 1, 4, 7), datetime(2026, 12, 31, 23, 30), datetime(2028, 2, 29, 12), datetime(2027, 3, 28, 15), datetime(2027, 10, 30, 9),
])  # fmt: skip
def test_the_stories_can_be_told_on_every_day(db, monkeypatch, moment):
    at = timezone.make_aware(moment)
    monkeypatch.setattr(timezone, "now", lambda: at)
    tell_stories(build_district(), timezone.localdate())

    states = set(Appointment.objects.values_list("state", flat=True))
    assert states == {AppointmentState.PLANNED, AppointmentState.HELD, AppointmentState.NO_SHOW}
    assert {at.weekday() < 5 for at in Appointment.objects.values_list("starts_at", flat=True)} == {True}


def test_the_district_reads_numbers_in_the_tables_of_last_year(db):
    call_command("demo", clients=150, stdout=io.StringIO())
    district = actor_for_user(User.objects.get(email="koordination@lotse.example"))

    found = Snapshot.objects.visible_to(district).filter(kind=PeriodKind.YEAR)
    tables = {snapshot: shown_tables(snapshot, audience_of(district, snapshot)) for snapshot in found}
    assert [sum(not (t.is_blank or t.is_empty) for t in shown) > 6 for shown in tables.values()] == [True] * 3
