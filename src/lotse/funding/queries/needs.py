"""Who needs more and who less than was agreed: what the figures suggest, what was reported, what could be shifted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from lotse.core.finding import found
from lotse.funding.enums import NeedKind
from lotse.funding.models import NeedReport
from lotse.funding.queries.balance import NOTHING
from lotse.funding.queries.forecast import Figures, rounded
from lotse.funding.queries.grants import carriers
from lotse.funding.queries.places import Place
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant
from lotse.programmes.rules import hands_in

DOCUMENT = "need_report"


@dataclass(frozen=True)
class Suggestion:
    kind: NeedKind
    amount: Decimal


def suggested(figures: Figures) -> Suggestion:
    """The difference between what the grant gives the carrier and what it will need of it."""
    more = figures.need - figures.available
    kind = NeedKind.MORE if more > 0 else NeedKind.LESS if more < 0 else NeedKind.NONE
    return Suggestion(kind, rounded(abs(more)))


def basis_of(figures: Figures, on: date) -> dict[str, Any]:
    """What the report was made from, as text that stays."""
    lines = [
        {
            "name": str(one.line),
            "planned": _plain(one.planned),
            "actual": _plain(one.actual),
            "expected": _plain(one.expected),
            "way": one.way.label if one.way else "",
        }
        for one in figures.lines
    ]
    return {"on": on.isoformat(), "available": _plain(figures.available), "need": _plain(figures.need), "lines": lines}


def _plain(amount: Decimal) -> str:
    return str(rounded(amount))


def need_reports(actor: Actor) -> QuerySet[NeedReport]:
    return NeedReport.objects.visible_to(actor).select_related(
        "organisation", "grant__organisation", "line", "reported_by"
    )


def get_need_report(actor: Actor, public_id: str) -> NeedReport:
    return found(need_reports(actor), public_id)


def reporting(place: Place) -> Place | None:
    """Where she reports what is needed: at a carrier that she does it for; None where there is none."""
    hers = [one for one in place.chosen if hands_in(place.actor, one)]
    return place.of(hers[0]) if len(hers) == 1 else place if hers else None


def is_newest(report: NeedReport) -> bool:
    later = NeedReport.objects.filter(grant=report.grant_id, organisation=report.organisation_id, pk__gt=report.pk)
    return not later.filter(funding_year=report.funding_year).exists()


@dataclass(frozen=True)
class NeedRow:
    carrier: Organisation
    figures: Figures
    report: NeedReport | None

    @property
    def suggestion(self) -> Suggestion:
        return suggested(self.figures)


def need_rows(actor: Actor, grant: Grant, year: int, parts: Sequence[Figures]) -> list[NeedRow]:
    """One for each carrier, with its newest report."""
    reports = need_reports(actor).filter(grant=grant, funding_year=year).order_by("pk")
    newest = {report.organisation_id: report for report in reports}
    return [NeedRow(one.carrier, one, newest.get(one.carrier.pk)) for one in parts if one.carrier]


@dataclass(frozen=True)
class Balance:
    """Over all reports, in euro."""

    more: Decimal
    less: Decimal

    @property
    def rest(self) -> Decimal:
        """Negative where more is needed than is left over."""
        return self.less - self.more

    @property
    def rest_amount(self) -> Decimal:
        return abs(self.rest)


def balance_of(reports: Iterable[NeedReport]) -> Balance:
    sums = dict.fromkeys(NeedKind, NOTHING)
    for report in reports:
        sums[NeedKind(report.kind)] += report.amount
    return Balance(sums[NeedKind.MORE], sums[NeedKind.LESS])


@dataclass(frozen=True)
class Shift:
    giver: Organisation
    taker: Organisation
    amount: Decimal


def shifts(reports: Iterable[NeedReport]) -> list[Shift]:
    """A way to cover what is needed from what is left over, the largest first; only a suggestion."""
    rows = sorted(reports, key=lambda row: (-row.amount, row.pk))
    givers = [[row.organisation, row.amount] for row in rows if row.kind == NeedKind.LESS]
    made: list[Shift] = []
    for taker in (row for row in rows if row.kind == NeedKind.MORE):
        missing = taker.amount
        for giver in givers:
            part = min(missing, giver[1])
            if part > 0:
                made.append(Shift(giver[0], taker.organisation, part))
                giver[1], missing = giver[1] - part, missing - part
    return made


def place_of_report(actor: Actor, report: NeedReport) -> Place:
    seen = list(carriers(actor, report.grant))
    return Place(actor, report.grant, report.funding_year, seen, report.organisation)
