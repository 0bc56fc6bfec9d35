"""What a part of an application says: read from its rows or from a kept version, summed in one place only.

Page, paper, table and snapshot all show these sums.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any, NamedTuple, TypeVar

from lotse.funding import rules
from lotse.funding.enums import FundsSource
from lotse.funding.models import CarrierPart, PartCost, PartFunds, PartPost
from lotse.programmes.models import Grant

NOTHING, HUNDRED, CENT = Decimal(0), Decimal(100), Decimal("0.01")
WITHOUT_POST = "ohne Stelle"


class Line(NamedTuple):
    """A kind of expense of the financing plan."""

    key: str
    label: str
    is_staff: bool


class PostRow(NamedTuple):
    key: str
    title: str
    agency: str
    fte: Decimal
    person: str
    pay_grade: str
    starts_on: date | None
    ends_on: date | None

    @property
    def holder(self) -> str:
        return self.person or "Vakanz"

    @property
    def period(self) -> str:
        """Without days the whole phase."""
        words = (
            f"ab {self.starts_on:%d.%m.%Y}" if self.starts_on else "",
            f"bis {self.ends_on:%d.%m.%Y}" if self.ends_on else "",
        )
        return " ".join(word for word in words if word)


class Cost(NamedTuple):
    line: str
    post: str
    year: int


class Funds(NamedTuple):
    source: str
    year: int


class YearSum(NamedTuple):
    """Of one carrier or of all: costs less what is brought in is the grant that is asked for."""

    year: int
    costs: Decimal
    own: Decimal
    other: Decimal
    least: Decimal

    @property
    def asked(self) -> Decimal:
        return self.costs - self.own - self.other

    @property
    def percent(self) -> Decimal | None:
        """Never rounded up to what is asked for."""
        return (self.own * HUNDRED / self.costs).quantize(CENT, ROUND_DOWN) if self.costs else None

    @property
    def is_below(self) -> bool:
        return not rules.has_own_share(self.own, self.costs, self.least)


C = TypeVar("C", Cost, Funds)


class GridRow(NamedTuple):
    label: str
    amounts: tuple[Decimal, ...]
    line: str = ""
    post: str = ""

    @property
    def total(self) -> Decimal:
        return sum(self.amounts, NOTHING)


@dataclass(frozen=True)
class Frame:
    """What all parts of an application have in common."""

    grant: str
    reference: str
    own_share_percent: Decimal
    years: tuple[int, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PartContent:
    frame: Frame
    carrier: str
    measures: str
    posts: tuple[PostRow, ...]
    costs: dict[Cost, Decimal]
    funds: dict[Funds, Decimal]

    @property
    def fte(self) -> Decimal:
        return sum((post.fte for post in self.posts), NOTHING)

    @property
    def sums(self) -> tuple[YearSum, ...]:
        return tuple(self._sum(year) for year in self.frame.years)

    @property
    def total(self) -> YearSum:
        return total_of(self.sums)

    @property
    def is_empty(self) -> bool:
        return not (self.posts or self.costs or self.funds)

    @property
    def rows(self) -> list[GridRow]:
        """In the order of the financing plan; what is paid for a post stands under its name."""
        titles = {post.key: post.title for post in self.posts}
        filled = {(cell.line, cell.post) for cell in self.costs}
        return [
            self._row(line, post, titles.get(post, WITHOUT_POST))
            for line in self.frame.lines
            for post in (*titles, "")
            if (line.key, post) in filled
        ]

    @property
    def rows_by_year(self) -> list[tuple[GridRow, list[tuple[int, Decimal]]]]:
        return [(row, list(zip(self.frame.years, row.amounts, strict=True))) for row in self.rows]

    @property
    def open_rows(self) -> list[GridRow]:
        """Every row that may be filled in: a staff line once for each post."""
        filled = {(cell.line, cell.post) for cell in self.costs}
        found = []
        for line in self.frame.lines:
            posts = [(post.key, post.title) for post in self.posts] if line.is_staff else []
            if not posts or (line.key, "") in filled:
                posts.append(("", WITHOUT_POST))
            found += [self._row(line, key, title) for key, title in posts]
        return found

    @property
    def fund_rows(self) -> list[GridRow]:
        years = self.frame.years
        return [
            GridRow(str(label), tuple(self.funds.get(Funds(str(source), year), NOTHING) for year in years), str(source))
            for source, label in FundsSource.choices
        ]

    def _row(self, line: Line, post: str, title: str) -> GridRow:
        amounts = tuple(self.costs.get(Cost(line.key, post, year), NOTHING) for year in self.frame.years)
        return GridRow(f"{line.label}: {title}" if line.is_staff else line.label, amounts, line.key, post)

    def _sum(self, year: int) -> YearSum:
        costs = sum((amount for cell, amount in self.costs.items() if cell.year == year), NOTHING)
        own, other = (self.funds.get(Funds(source, year), NOTHING) for source in FundsSource.values)
        return YearSum(year, costs, own, other, self.frame.own_share_percent)


@dataclass(frozen=True)
class WholeContent:
    frame: Frame
    parts: tuple[PartContent, ...]

    @property
    def fte(self) -> Decimal:
        return sum((part.fte for part in self.parts), NOTHING)

    @property
    def sums(self) -> tuple[YearSum, ...]:
        return tuple(total_of([part.sums[i] for part in self.parts], year) for i, year in enumerate(self.frame.years))

    @property
    def total(self) -> YearSum:
        return total_of(self.sums)

    @property
    def rows(self) -> list[GridRow]:
        """Of all carriers together, one row for each kind of expense."""
        sums: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
        for part in self.parts:
            for cell, amount in part.costs.items():
                sums[cell.line, cell.year] += amount
        years = self.frame.years
        return [GridRow(line.label, tuple(sums[line.key, year] for year in years)) for line in self.frame.lines]


def total_of(sums: Iterable[YearSum], year: int = 0) -> YearSum:
    rows = list(sums)
    costs, own, other = (sum((getattr(row, name) for row in rows), NOTHING) for name in ("costs", "own", "other"))
    return YearSum(year, costs, own, other, rows[0].least if rows else NOTHING)


def frame_of(grant: Grant) -> Frame:
    lines = tuple(Line(line.public_id, str(line), line.is_staff) for line in grant.lines.all())
    return Frame(grant.name, grant.reference, grant.own_share_percent, tuple(grant.years), lines)


def contents_of(grant: Grant, parts: Sequence[CarrierPart]) -> dict[int, PartContent]:
    """By id of the part; four statements, however many parts."""
    frame, ids = frame_of(grant), [part.pk for part in parts]
    posts = _by_part(PartPost.objects.filter(part__in=ids).select_related("agency", "person").order_by("title", "id"))
    costs = _by_part(PartCost.objects.filter(part__in=ids).select_related("line", "post"))
    funds = _by_part(PartFunds.objects.filter(part__in=ids))
    return {
        part.pk: PartContent(
            frame=frame, carrier=str(part.organisation), measures=part.measures,
            posts=tuple(_post(row) for row in posts[part.pk]), costs=_summed(costs[part.pk], _cost),
            funds=_summed(funds[part.pk], _funds),
        )
        for part in parts
    }  # fmt: skip


def _by_part(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.part_id].append(row)
    return found


def _summed(rows: Iterable[Any], cell: Callable[[Any], C]) -> dict[C, Decimal]:
    sums: dict[C, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[cell(row)] += row.amount
    return dict(sums)


def _cost(row: PartCost) -> Cost:
    return Cost(row.line.public_id, row.post.public_id if row.post else "", row.funding_year)


def _funds(row: PartFunds) -> Funds:
    return Funds(row.source, row.funding_year)


def _post(row: PartPost) -> PostRow:
    person = str(row.person) if row.person else ""
    return PostRow(
        row.public_id, row.title, row.agency.name, row.fte, person, row.pay_grade, row.starts_on, row.ends_on
    )
