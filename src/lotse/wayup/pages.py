"""What the pages of the way up show, for one actor."""

from typing import Any

from lotse.organisations.actor import Actor
from lotse.wayup import rules
from lotse.wayup.display import shown
from lotse.wayup.enums import ClosingState
from lotse.wayup.models import Closing, ReportingPeriod
from lotse.wayup.queries import (
    Standing,
    Unit,
    addressee,
    below_of,
    due_of,
    own_unit,
    periods,
    standings,
    top_of,
)
from lotse.wayup.reports import Coverage

PERIODS = 10


def overview(actor: Actor) -> dict[str, Any]:
    """Of the last years how far she is, and those who report to her."""
    own, below, top = own_unit(actor), below_of(actor), top_of(actor)
    rows = [_year(period, own, below) for period in periods(actor)[:PERIODS]]
    return {"years": rows, "own": own, "top": top, "may_begin": rules.reports_for(actor, top.pk)}


def _year(period: ReportingPeriod, own: Unit, below: list[Unit]) -> dict[str, Any]:
    found = standings(period, [own, *below])
    others = [standing for standing in found if standing.unit != own]
    return {
        "period": period,
        "own": next(standing for standing in found if standing.unit == own),
        "coverage": _coverage(others),
        "waiting": sum(standing.waits for standing in others),
    }


def _coverage(below: list[Standing]) -> Coverage:
    return Coverage(sum(standing.is_added for standing in below), len(below))


def unit_page(actor: Actor, period: ReportingPeriod, unit: Unit) -> dict[str, Any]:
    (standing,) = standings(period, [unit])
    is_sum = unit.adds_up and unit.organisation_id == actor.organisation_id
    siblings = below_of(actor)
    below = standings(period, siblings) if is_sum else []
    found = {
        "period": period,
        "unit": unit,
        "standing": standing,
        "closing": standing.closing,
        "due_on": due_of(period, unit),
    }
    found |= {"is_sum": is_sum, "below": below, "coverage": _coverage(below), "own": own_unit(actor)}
    found |= {"late": [s.unit.name for s in below if s.is_missing and s.is_late]}
    found |= {"to_do": [s for s in below if not s.is_added], "done": [s for s in below if s.is_added]}
    return found | _may(actor, unit, standing.closing, below) | _numbers(actor, standing.closing, len(siblings) == 1)


def _may(actor: Actor, unit: Unit, closing: Closing | None, below: list[Standing]) -> dict[str, bool]:
    """Which buttons stand on the page: never one that would be refused."""
    leads = rules.reports_for(actor, unit.organisation_id) and not unit.installation_id
    if closing is None or closing.state in (ClosingState.REOPENED, ClosingState.REPLACED):
        return {"may_draw": leads and (not unit.adds_up or any(s.is_added for s in below))}
    is_approved = closing.state == ClosingState.APPROVED
    is_open = closing.state == ClosingState.OPEN
    return {
        "may_draw_again": leads and is_open,
        "may_approve": leads and is_open and rules.is_second_person(actor, closing),
        "needs_second": leads and is_open and not rules.is_second_person(actor, closing),
        "may_accept": is_approved and rules.adds_up(actor, closing) and rules.has_not_approved(actor, closing),
        "may_reopen": closing.state in (ClosingState.APPROVED, ClosingState.ACCEPTED)
        and rules.may_reopen(actor, closing),
        "may_send": leads and closing.is_done and unit.adds_up and addressee(unit.organisation_id) is not None,
    }


def _numbers(actor: Actor, closing: Closing | None, is_only_unit: bool) -> dict[str, Any]:
    if closing is None or not rules.sees_numbers(actor, closing, is_only_unit=is_only_unit):
        return {}
    tables = shown(actor, closing)
    counted = [table for table in tables if table.total != 0]
    return {
        "tables": tables,
        "wide": [table for table in counted if table.heads],
        "narrow": [table for table in counted if not table.heads],
        "nothing": [table.title for table in tables if table.total == 0],
    }


def reopening(actor: Actor, closing: Closing) -> str:
    is_own = closing.organisation_id == actor.organisation_id and closing.above_id != actor.organisation_id
    return "Meldung wieder öffnen" if is_own else "Meldung zurückgeben"
