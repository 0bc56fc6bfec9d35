"""Plan, actual and forecast of a funding year: by carrier and kind of expense, with the way each forecast was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth

from lotse.funding import rules
from lotse.funding.enums import EntryKind, FundsSource, Hint, Way
from lotse.funding.models import ForecastValue, LedgerEntry
from lotse.funding.queries.balance import BOOKED, NOTHING
from lotse.funding.queries.courses import agreed_in
from lotse.funding.queries.euros import EuroSum
from lotse.funding.queries.plan import Cell, planned_costs, planned_funds
from lotse.organisations.models import Organisation
from lotse.programmes.models import BudgetLine, Grant

CENT = Decimal("0.01")
REGULAR = 3  # months in a row that make a cost one of every month


@dataclass(frozen=True)
class Span:
    """Of a year until a day: how many whole months are over, and when the last of them ended."""

    year: int
    on: date

    @property
    def months(self) -> int:
        if self.on.year != self.year:
            return 12 if self.on.year > self.year else 0
        return self.on.month if (self.on + timedelta(days=1)).day == 1 else self.on.month - 1

    @property
    def full_until(self) -> date:
        if self.months == 12:
            return self.on
        return date(self.year, self.months + 1, 1) - timedelta(days=1)


@dataclass(frozen=True)
class Booked:
    """`full`: until the end of the last whole month; `months`: in how many of them something was booked."""

    sum: Decimal = NOTHING
    full: Decimal = NOTHING
    months: int = 0


@dataclass(frozen=True)
class LineFigures:
    """Of one kind of expense, in euro: of one carrier, or of all."""

    line: BudgetLine
    planned: Decimal
    actual: Decimal
    expected: Decimal
    overrun_percent: Decimal
    way: Way | None = None
    full: Decimal = NOTHING
    span: Span | None = None
    by_hand: ForecastValue | None = None
    is_at_least: bool = False  # more was spent already than the way says

    @property
    def difference(self) -> Decimal:
        """What will be left of the plan; negative where it will not do."""
        return self.planned - self.expected

    @property
    def used_percent(self) -> Decimal | None:
        return share(self.actual, self.planned)

    @property
    def is_overrun(self) -> bool:
        return rules.overruns(self.expected, self.planned, self.overrun_percent)


@dataclass(frozen=True)
class Figures:
    """A year of one carrier, or of all together (`carrier` None)."""

    carrier: Organisation | None
    lines: list[LineFigures]
    own_share: Decimal
    income: Decimal
    planned_own: Decimal
    planned_income: Decimal
    agreed: Decimal | None
    own_percent: Decimal

    @property
    def planned(self) -> Decimal:
        return sum((one.planned for one in self.lines), NOTHING)

    @property
    def actual(self) -> Decimal:
        return sum((one.actual for one in self.lines), NOTHING)

    @property
    def expected(self) -> Decimal:
        return sum((one.expected for one in self.lines), NOTHING)

    @property
    def difference(self) -> Decimal:
        return self.planned - self.expected

    @property
    def used_percent(self) -> Decimal | None:
        return share(self.actual, self.planned)

    @property
    def needed_own(self) -> Decimal:
        """By the end of the year."""
        return rounded(self.expected * self.own_percent / 100)

    @property
    def has_own_share(self) -> bool:
        """Of what was spent so far."""
        return rules.has_own_share(self.own_share, self.actual, self.own_percent)

    @property
    def available(self) -> Decimal:
        """Of the grant: by contract, else by the plan."""
        if self.agreed is not None:
            return self.agreed
        return self.planned - self.planned_own - self.planned_income

    @property
    def need(self) -> Decimal:
        """Of the grant, if what was planned of own money comes, or more."""
        own = max(self.planned_own, self.own_share) + max(self.planned_income, self.income)
        return max(self.expected - own, NOTHING)

    def hint(self, line: LineFigures) -> Hint | None:
        if line.is_overrun:
            return Hint.LIMIT
        if line.difference >= 0:
            return None
        return Hint.UNBALANCED if self.difference < 0 else Hint.BALANCED

    @property
    def hinted(self) -> list[tuple[LineFigures, Hint | None]]:
        return [(line, self.hint(line)) for line in self.lines]

    @property
    def worst(self) -> Hint | None:
        found = {hint for _line, hint in self.hinted if hint}
        return next((hint for hint in Hint if hint in found), None)


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """In percent, None where there is nothing to have a share of."""
    return rounded(part * 100 / whole) if whole else None


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def figures(grant: Grant, carriers: Sequence[Organisation], year: int, on: date) -> list[Figures]:
    """Of these carriers, in their order; a fixed number of statements however many carriers and entries there are."""
    sources = _Sources(grant, carriers, year, on)
    return [sources.of(carrier) for carrier in carriers]


def together(parts: Iterable[Figures]) -> Figures | None:
    """The sum over carriers, kind by kind."""
    parts = list(parts)
    if not parts:
        return None
    lines = [_summed(same) for same in zip(*(one.lines for one in parts), strict=True)]
    agreed = [one.agreed for one in parts if one.agreed is not None]
    names = ("own_share", "income", "planned_own", "planned_income")
    money = {name: sum((getattr(one, name) for one in parts), NOTHING) for name in names}
    return Figures(
        None, lines, **money, agreed=sum(agreed, NOTHING) if agreed else None, own_percent=parts[0].own_percent
    )


def _summed(same: Sequence[LineFigures]) -> LineFigures:
    sums = {name: sum((getattr(one, name) for one in same), NOTHING) for name in ("planned", "actual", "expected")}
    return LineFigures(same[0].line, **sums, overrun_percent=same[0].overrun_percent)


class _Sources:
    """Everything that figures are made of, asked once for all carriers."""

    def __init__(self, grant: Grant, carriers: Sequence[Organisation], year: int, on: date) -> None:
        self.grant, self.year, self.span = grant, year, Span(year, on)
        self.lines = list(BudgetLine.objects.filter(grant=grant))
        self.costs, self.funds = planned_costs(grant), planned_funds(grant)
        self.booked = _booked(grant, carriers, self.span)
        hands = ForecastValue.objects.filter(grant=grant, funding_year=year, organisation__in=carriers)
        self.hands = {(row.organisation_id, row.line_id): row for row in hands}
        self.agreed = agreed_in(grant, year, on)

    def of(self, carrier: Organisation) -> Figures:
        pk = carrier.pk
        return Figures(
            carrier, [self._line(pk, line) for line in self.lines],
            own_share=self._came(pk, EntryKind.OWN_SHARE), income=self._came(pk, EntryKind.INCOME),
            planned_own=self._planned(pk, FundsSource.OWN_SHARE), planned_income=self._planned(pk, FundsSource.INCOME),
            agreed=self.agreed.get(pk), own_percent=self.grant.own_share_percent,
        )  # fmt: skip

    def _planned(self, carrier: int, source: FundsSource) -> Decimal:
        return self.funds.get(Cell(carrier, self.year, source), NOTHING)

    def _came(self, carrier: int, kind: EntryKind) -> Decimal:
        """Income may name a kind of expense that it is for."""
        rows = (found.sum for (pk, of_kind, _line), found in self.booked.items() if (pk, of_kind) == (carrier, kind))
        return sum(rows, NOTHING)

    def _line(self, carrier: int, line: BudgetLine) -> LineFigures:
        planned = self.costs.get(Cell(carrier, self.year, line.pk), NOTHING)
        booked = self.booked.get((carrier, EntryKind.EXPENSE, line.pk), Booked())
        hand = self.hands.get((carrier, line.pk))
        way = way_of(line, booked, self.span, hand)
        said = _said(way, planned, booked, self.span, hand)
        return LineFigures(
            line, planned, booked.sum, max(said, booked.sum), self.grant.overrun_percent, way=way, full=booked.full,
            span=self.span, by_hand=hand, is_at_least=booked.sum > said,
        )  # fmt: skip


def way_of(line: BudgetLine, booked: Booked, span: Span, hand: ForecastValue | None) -> Way:
    if span.months == 12:
        return Way.OVER
    if hand:
        return Way.HAND
    is_regular = line.is_staff or booked.months >= max(span.months, REGULAR)
    return Way.MONTHLY if is_regular and booked.full > 0 and span.months else Way.PLAN


def _said(way: Way, planned: Decimal, booked: Booked, span: Span, hand: ForecastValue | None) -> Decimal:
    if way == Way.OVER:
        return booked.sum
    if way == Way.HAND and hand:
        return hand.amount
    return rounded(booked.full * 12 / span.months) if way == Way.MONTHLY else planned


def _booked(grant: Grant, carriers: Sequence[Organisation], span: Span) -> dict[tuple[int, str, int | None], Booked]:
    """By carrier, kind of entry and kind of expense."""
    rows: Any = LedgerEntry.objects.filter(
        grant=grant, funding_year=span.year, on__lte=span.on, organisation__in=carriers
    )
    whole = Q(on__lte=span.full_until)
    summed = rows.order_by().values_list("organisation", "kind", "line").annotate(
        sum=EuroSum(BOOKED), full=EuroSum(BOOKED, filter=whole),
        months=Count(ExtractMonth("on"), distinct=True, filter=whole & Q(reverses=None)),
    )  # fmt: skip
    return {(pk, kind, line): Booked(total, full or NOTHING, months) for pk, kind, line, total, full, months in summed}
