"""Released tables."""

from datetime import date

from django.utils import timezone

from lotse.insight.actions import prepare, release
from lotse.insight.enums import PeriodKind
from lotse.insight.periods import FixedPeriod


def last_year():
    return FixedPeriod(PeriodKind.YEAR, date(timezone.localdate().year - 1, 1, 1))


def released(world, *, period=None, site=None):
    by = world.carrier_manager.actor
    return release(by=by, snapshot=prepare(by=by, period=period or last_year(), site=site))
