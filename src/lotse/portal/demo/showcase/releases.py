"""Released tables: last year of both carriers, of one site, and a quarter; another quarter waits for its release."""

from lotse.insight.actions import prepare, release
from lotse.insight.enums import PeriodKind
from lotse.insight.periods import FixedPeriod, offered
from lotse.organisations.models import Site
from lotse.portal.demo.showcase.heads import Heads
from lotse.portal.demo.showcase.stage import Stage


def tell(stage: Stage) -> None:
    year, quarter, waiting = _periods(stage)
    _released(stage.own, year)
    _released(stage.own, year, stage.site)
    _released(stage.neighbours, year)
    _released(stage.own, quarter)
    prepare(by=stage.helin.actor, period=waiting)


def _periods(stage: Stage) -> tuple[FixedPeriod, ...]:
    """The quarters lie outside the year: together with it they would have to hide most of what they count."""
    periods = offered(stage.today)
    year = next(period for period in periods if period.kind == PeriodKind.YEAR)
    quarters = [p for p in periods if p.kind == PeriodKind.QUARTER and p.start.year != year.start.year]
    return year, *quarters[:2]


def _released(heads: Heads, period: FixedPeriod, site: Site | None = None) -> None:
    """Two people, though one may do both."""
    snapshot = prepare(by=heads.lead.actor, period=period, site=site)
    release(by=heads.manager.actor, snapshot=snapshot)
