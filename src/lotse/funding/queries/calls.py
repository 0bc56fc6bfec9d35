"""Calls of funds: what of them is to be spent by when, and what the next one should ask for."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from lotse.core.finding import found
from lotse.funding.models import CallOfFunds, CallShare
from lotse.funding.queries.balance import balances
from lotse.funding.queries.contracts import planned_by_year
from lotse.funding.queries.euros import EuroSum
from lotse.organisations.actor import Actor
from lotse.programmes.models import Grant

NOTHING, CENT, DAYS = Decimal(0), Decimal("0.01"), 365


class ShareLine(NamedTuple):
    """`unspent`: what of it is still there; the oldest money is spent first. `until`: None before it came."""

    share: CallShare
    unspent: Decimal
    until: date | None

    def is_late(self, on: date) -> bool:
        return bool(self.unspent and self.until and self.until < on)


def calls(actor: Actor, grant: Grant) -> QuerySet[CallOfFunds]:
    rows = CallOfFunds.objects.visible_to(actor).filter(grant=grant).annotate(sum=EuroSum("shares__amount"))
    return rows.order_by("-called_on", "-id")


def get_call(actor: Actor, public_id: str) -> CallOfFunds:
    return found(
        CallOfFunds.objects.visible_to(actor).select_related("grant__organisation", "grant__authority"), public_id
    )


def share_lines(actor: Actor, grant: Grant, on: date, call: CallOfFunds | None = None) -> list[ShareLine]:
    """Of all calls that she sees, or of one; what is still there on the day stands with the newest money."""
    rows = CallShare.objects.visible_to(actor).filter(call__grant=grant).select_related("call", "carrier")
    there = {carrier: found.with_receiver + found.with_carrier for carrier, found in balances(grant, on).items()}
    lines = _lines(rows.order_by("call__received_on", "id"), there, grant, on)
    wanted = [line for line in lines if call is None or line.share.call_id == call.pk]
    return sorted(wanted, key=lambda line: (line.share.carrier.name, line.share.pk))


def _lines(shares: Iterable[CallShare], there: dict[int, Decimal], grant: Grant, on: date) -> list[ShareLine]:
    lines, rest = [], defaultdict(Decimal, there)
    for share in sorted(shares, key=lambda one: (one.call.received_on or date.max, one.pk), reverse=True):
        came = share.call.received_on
        has_come = came is not None and came <= on
        unspent = max(min(share.amount, rest[share.carrier_id]), NOTHING) if has_come else NOTHING
        rest[share.carrier_id] -= unspent
        lines.append(ShareLine(share, unspent, came + timedelta(grant.spend_within_days) if came else None))
    return lines


def proposed_shares(grant: Grant, year: int, on: date) -> dict[int, Decimal]:
    """By id of the carrier: its part of the year's amount for the days in which it is to be spent, less what is still there.

    At most what is not called yet.
    """
    rows = CallShare.objects.filter(call__grant=grant, call__funding_year=year).order_by()
    called = dict(rows.values_list("carrier").annotate(sum=EuroSum("amount")))
    there, days = balances(grant, on), min(grant.spend_within_days, DAYS)
    found = {}
    for carrier, agreed in planned_by_year(grant, on).items():
        need = (agreed.get(year, NOTHING) * days / DAYS).quantize(CENT, ROUND_DOWN)
        if carrier in there:
            need -= max(there[carrier].with_receiver + there[carrier].with_carrier, NOTHING)
        found[carrier] = max(min(need, agreed.get(year, NOTHING) - called.get(carrier, NOTHING)), NOTHING)
    return found
