"""Last year's report of the district: most carriers are accepted, one was given back, one is missing, one came late."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import product
from math import prod

from django.utils import timezone

from lotse.portal.demo.showcase.heads import Heads
from lotse.portal.demo.showcase.stage import Stage
from lotse.wayup.actions.closings import accept, approve, draw_up, open_period, reopen
from lotse.wayup.actions.files import receive_file
from lotse.wayup.actions.keys import confirm, make_keys, register
from lotse.wayup.closed_lists import all_forms
from lotse.wayup.enums import Direction
from lotse.wayup.envelope import PrivateKeys, PublicKeys, sealed
from lotse.wayup.models import Closing, ReportingPeriod
from lotse.wayup.queries import Unit, unit_at, units_below
from lotse.wayup.reports import Coverage, Report
from lotse.wayup.tables import Form, Key, TableForm

DAYS_PER_LEVEL = 14
DUE_IN = 9  # days: so the carriers were due five days ago, their sites two weeks before that
SITES_READY, CARRIERS_READY = 24, 8  # days ago
# Carriers that keep their files in a Lotse of their own, and how many cases they tell of.
ELSEWHERE = {"KV Wesel": 184, "KV Mönchengladbach": 131, "KV Düsseldorf": 226, "KV Wuppertal": 97, "KV Kleve": 0}
FALLING, SELDOM = 0.9, {"d": 0.02, "under_1": 0.2}
REASON = "In „Mitberatene Angehörige“ steht das Doppelte des Vorjahres. Bitte prüfen Sie das."


def tell(stage: Stage) -> None:
    period = open_period(
        by=stage.district.lead.actor, year=stage.last_year, due_on=stage.today + timedelta(days=DUE_IN), days_per_level=DAYS_PER_LEVEL,
        form=all_forms()[0],
    )  # fmt: skip
    for heads in (stage.own, stage.neighbours):
        _accept(stage, _carrier(stage, period, heads))
    received = dict(_received(stage, period))
    for name in ("KV Wesel", "KV Mönchengladbach", "KV Düsseldorf"):
        _accept(stage, received[name])
    reopen(by=stage.district.lead.actor, closing=received["KV Düsseldorf"], reason=REASON)
    draw_up(by=stage.district.lead.actor, period=period, unit=unit_at(stage.district.organisation))


def _accept(stage: Stage, closing: Closing) -> None:
    accept(by=stage.district.lead.actor, closing=closing)


# --- carriers of this installation ------------------------------------------------------------------------------------


def _carrier(stage: Stage, period: ReportingPeriod, heads: Heads) -> Closing:
    """Its sites, then the sum of them."""
    for unit in units_below(heads.organisation):
        done = _approved(stage, period, unit, heads, SITES_READY)
        accept(by=heads.lead.actor, closing=done)
    return _approved(stage, period, unit_at(heads.organisation), heads, CARRIERS_READY)


def _approved(stage: Stage, period: ReportingPeriod, unit: Unit, heads: Heads, days: int) -> Closing:
    drawn = draw_up(by=heads.lead.actor, period=period, unit=unit)
    return _was(approve(by=heads.manager.actor, closing=drawn, sha256=drawn.sha256), stage.ago(days))


def _was(closing: Closing, on: date) -> Closing:
    """An action cannot approve in the past."""
    closing.approved_at = datetime.combine(on, time(10), timezone.get_current_timezone())
    closing.save(update_fields=["approved_at"])
    return closing


# --- carriers with their own installation -----------------------------------------------------------------------------


def _received(stage: Stage, period: ReportingPeriod) -> Iterator[tuple[str, Closing]]:
    """Their keys are exchanged, and all but one have sent their file."""
    keys = make_keys(by=stage.district.lead.actor)
    for name, cases in ELSEWHERE.items():
        theirs = PrivateKeys.new()
        _known(stage, name, theirs.public)
        if cases:
            report = _report(period, cases).content
            content = sealed(report, sender=theirs, addressee=PublicKeys.from_text(keys.public_key))
            is_late = name == "KV Wuppertal"
            closing = receive_file(by=stage.district.manager.actor, content=content)
            yield name, closing if is_late else _was(closing, stage.ago(CARRIERS_READY))


def _known(stage: Stage, name: str, key: PublicKeys) -> None:
    known = register(by=stage.district.lead.actor, name=name, direction=Direction.BELOW, key=key)
    confirm(by=stage.district.manager.actor, installation=known)


def _report(period: ReportingPeriod, cases: int) -> Report:
    return Report(
        id=f"demo{cases:04}", revision=1, start=period.starts_on, end=period.ends_on, form=period.form, units=Coverage(2, 2),
        sites=Coverage(2, 2), tables=_tables(period.form, cases),
    )  # fmt: skip


def _tables(form: Form, cases: int) -> dict[str, dict[Key, int]]:
    """Tables that count the same have the same sum."""
    totals = {"cases": cases, "relatives": cases // 2, "plans": cases // 4}
    return {table.key: _cells(table, totals.get(table.counts, cases * 2)) for table in form.tables}


def _cells(table: TableForm, total: int) -> dict[Key, int]:
    weights = {key: _weight(table, key) for key in product(*(dimension.keys for dimension in table.dimensions))}
    cells = {key: int(total * weight / sum(weights.values())) for key, weight in weights.items()}
    most = max(cells, key=lambda key: cells[key])
    return {**cells, most: cells[most] + total - sum(cells.values())}


def _weight(table: TableForm, key: Key) -> float:
    """The first entries of a list come most often; German is not forgotten."""
    places = [dimension.keys.index(part) for dimension, part in zip(table.dimensions, key, strict=True)]
    if table.key == "cases_level" and not 0 <= places[1] - places[0] <= 1:
        return 0
    return prod(SELDOM.get(part, FALLING**place) for part, place in zip(key, places, strict=True))
