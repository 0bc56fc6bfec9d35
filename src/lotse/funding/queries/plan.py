"""What is planned and what is granted, in euro: from the parts of the application, and from the notices."""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from lotse.funding.models import NoticeYear, PartCost, PartFunds
from lotse.funding.queries.euros import EuroSum
from lotse.programmes.models import Grant


class Cell(NamedTuple):
    """Of a plan: a carrier, a funding year, and the id of the kind of expense or the source of own funds."""

    carrier: int
    year: int
    what: int | str


def planned_costs(grant: Grant) -> dict[Cell, Decimal]:
    rows = PartCost.objects.filter(part__application__grant=grant).order_by()
    summed = rows.values_list("organisation", "funding_year", "line").annotate(sum=EuroSum("amount"))
    return {Cell(carrier, year, line): amount for carrier, year, line, amount in summed}


def planned_funds(grant: Grant) -> dict[Cell, Decimal]:
    rows = PartFunds.objects.filter(part__application__grant=grant).order_by()
    summed = rows.values_list("organisation", "funding_year", "source").annotate(sum=EuroSum("amount"))
    return {Cell(carrier, year, source): amount for carrier, year, source, amount in summed}


def by_year(cells: dict[Cell, Decimal]) -> dict[tuple[int, int], Decimal]:
    """By carrier and funding year."""
    sums: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for cell, amount in cells.items():
        sums[cell.carrier, cell.year] += amount
    return dict(sums)


def granted(grant: Grant) -> dict[int, Decimal]:
    """By funding year: the newest notice that names it decides."""
    rows = NoticeYear.objects.filter(notice__grant=grant).order_by("notice__dated_on", "notice_id")
    return dict(rows.values_list("funding_year", "amount"))
