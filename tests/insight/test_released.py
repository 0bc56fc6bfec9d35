"""Tables of a fixed period: counted once, shown protected, never changed."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.casework.models import Contact
from lotse.core.errors import NotAllowed
from lotse.facts.counting import MISSING
from lotse.insight import actions
from lotse.insight.enums import PeriodKind, SnapshotState
from lotse.insight.models import Snapshot
from lotse.insight.periods import FixedPeriod, offered
from lotse.insight.protecting import Audience
from lotse.insight.released import exact_tables, is_intact, shown_tables
from tests.factories import casework as make
from tests.insight.conftest import LAST_YEAR, SPREAD

YEAR = FixedPeriod(PeriodKind.YEAR, date(LAST_YEAR, 1, 1))
LEADS = ["technical_lead", "carrier_manager"]


@pytest.fixture
def prepared(world, year):
    return actions.prepare(by=world.carrier_manager.actor, period=YEAR)


@pytest.fixture
def released(world, prepared):
    return actions.release(by=world.carrier_manager.actor, snapshot=prepared)


def exact(snapshot, key):
    return next(table for table in exact_tables(snapshot) if table.key == key)


def shown(snapshot, key, audience=Audience.INSIDE):
    table = next(table for table in shown_tables(snapshot, audience) if table.key == key)
    return {line.label: dict(zip(table.places, line.numbers, strict=True)) for line in (*table.lines, table.total)}


@pytest.mark.parametrize(("kind", "start", "end", "name"), [
    (PeriodKind.YEAR, date(2025, 1, 1), date(2025, 12, 31), "2025"),
    (PeriodKind.QUARTER, date(2025, 10, 1), date(2025, 12, 31), "4. Quartal 2025"),
    (PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29), "Februar 2024"),
])  # fmt: skip
def test_a_fixed_period_knows_its_days_and_its_name(kind, start, end, name):
    period = FixedPeriod(kind, start)
    assert (period.end, period.name) == (end, name)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 11, 21)])
def test_offered_periods_are_over(today):
    found = offered(today)
    assert [period for period in found if period.end >= today] == []
    assert [len([p for p in found if p.kind == kind]) for kind in PeriodKind] == [12, 8, 3]


def test_exact_tables_hold_every_row_of_the_carrier_and_no_other(world, prepared, year):
    expected = {}
    for (gender, site, _programme), number in year.items():
        place = {world.site.pk: world.site}.get(site) or next(
            (s for s in world.nordstadt.sites.all() if s.pk == site), None
        )
        if place and number:
            cell = f"cases.gender:{gender or MISSING}", place.public_id
            expected[cell] = expected.get(cell, 0) + number

    table = exact(prepared, "cases.gender")

    assert (table.dimensions, table.version) == (("cell", "site"), 1)
    assert dict(table.cells) == expected


def test_a_snapshot_of_one_site_holds_one_dimension(world, year):
    made = actions.prepare(by=world.technical_lead.actor, period=YEAR, site=world.site)
    table = exact(made, "cases.gender")
    hers = sum(n for (_gender, site, _programme), n in year.items() if site == world.site.pk)
    assert (table.dimensions, sum(table.cells.values())) == (("cell",), hers)


def test_small_numbers_are_dots_and_never_zeros(world, prepared):
    small = {key for key, n in exact(prepared, "cases.gender").cells.items() if 0 < n < 3}
    assert small != set()
    lines = shown(prepared, "cases.gender")
    assert lines["divers"]["zusammen"] is None
