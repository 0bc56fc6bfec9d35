"""What a proof of use says, as plain data: read from the rows while it is written, from its own JSON ever after."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar, get_type_hints

from lotse.funding.enums import EntryKind
from lotse.funding.rules import has_to_be_explained

NOTHING = Decimal("0.00")
CENT, TENTH = Decimal("0.01"), Decimal("0.1")
T = TypeVar("T")


class Compared:
    """Planned beside actual."""

    planned: Decimal
    actual: Decimal

    @property
    def difference(self) -> Decimal:
        return self.actual - self.planned

    @property
    def percent(self) -> Decimal | None:
        """Of what was planned, to a tenth; None where nothing was."""
        if not self.planned:
            return None
        return (self.difference * 100 / self.planned).quantize(TENTH, ROUND_HALF_UP) + 0  # no minus before nothing


@dataclass(frozen=True)
class CostLine(Compared):
    """`line`: the public id of the kind of expense."""

    line: str
    number: str
    name: str
    planned: Decimal
    actual: Decimal

    @property
    def label(self) -> str:
        return f"{self.number} {self.name}".strip()


@dataclass(frozen=True)
class FundsLine(Compared):
    key: str
    name: str
    planned: Decimal
    actual: Decimal


@dataclass(frozen=True)
class Receipt:
    """`place`: its number in the list. `back`: the place of the entry that it takes back; `taken`: of the one that takes it back."""

    place: int
    entry: str
    kind: str
    on: date
    number: str
    payee: str
    reason: str
    line: str
    amount: Decimal
    back: int = 0
    taken: int = 0
    sha256: str = ""

    @property
    def counts(self) -> Decimal:
        return -self.amount if self.back else self.amount

    @property
    def is_expense(self) -> bool:
        return self.kind == EntryKind.EXPENSE

    @property
    def remark(self) -> str:
        if self.back:
            return f"nimmt Nr. {self.back} zurück"
        return f"zurückgenommen mit Nr. {self.taken}" if self.taken else ""


@dataclass(frozen=True)
class CarrierYear:
    """The money of one carrier and year. `sha256`: of the partial proof that it was taken from."""

    carrier: str
    year: int
    granted: Decimal
    own_share: Decimal
    income: Decimal
    spent: Decimal
    version: int = 0
    sha256: str = ""

    @property
    def financed(self) -> Decimal:
        return self.granted + self.own_share + self.income

    @property
    def left(self) -> Decimal:
        return self.financed - self.spent

    @property
    def own_percent(self) -> Decimal | None:
        if not self.financed:
            return None
        return (self.own_share * 100 / self.financed).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Report:
    """The released annual report of an agency; without a `title` there is none yet."""

    agency: str
    year: int
    title: str = ""
    on: date | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Note:
    place: str
    name: str
    text: str


@dataclass(frozen=True)
class Sheet:
    grant: str
    reference: str
    receiver: str
    prover: str
    title: str
    overrun_percent: Decimal
    own_share_percent: Decimal
    costs: tuple[CostLine, ...] = ()
    funds: tuple[FundsLine, ...] = ()
    carriers: tuple[CarrierYear, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    reports: tuple[Report, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def cost_total(self) -> CostLine:
        return CostLine("", "", "Zusammen", *_sums(self.costs))

    @property
    def funds_total(self) -> FundsLine:
        return FundsLine("", "Zusammen", *_sums(self.funds))

    @property
    def left(self) -> Decimal:
        """What came and was not spent; negative: more was spent than came."""
        return self.funds_total.actual - self.cost_total.actual

    @property
    def overspent(self) -> Decimal:
        return -self.left

    @property
    def expenses(self) -> list[Receipt]:
        return [one for one in self.receipts if one.is_expense]

    @property
    def incomes(self) -> list[Receipt]:
        return [one for one in self.receipts if not one.is_expense]

    def note(self, place: str) -> str:
        return next((one.text for one in self.notes if one.place == place), "")

    def to_explain(self) -> list[CostLine]:
        """Kinds of expense that came differently by more than the grant allows."""
        return [one for one in self.costs if has_to_be_explained(one.planned, one.actual, self.overrun_percent)]


def _sums(rows: Iterable[Compared]) -> tuple[Decimal, Decimal]:
    kept = list(rows)
    return sum((row.planned for row in kept), NOTHING), sum((row.actual for row in kept), NOTHING)


def total(receipts: Iterable[Receipt]) -> Decimal:
    return sum((one.counts for one in receipts), NOTHING)


def as_data(value: Any) -> Any:
    """For JSON: amounts as text with their places, days as ISO."""
    if is_dataclass(value):
        return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return [as_data(one) for one in value] if isinstance(value, tuple) else value


PARTS: dict[str, type] = {
    "costs": CostLine, "funds": FundsLine, "carriers": CarrierYear, "receipts": Receipt, "reports": Report, "notes": Note,
}  # fmt: skip


def sheet_of(content: str) -> Sheet:
    """From its own JSON."""
    data = json.loads(content)
    parts = {name: tuple(_read(kind, row) for row in data[name]) for name, kind in PARTS.items()}
    return _read(Sheet, {**data, **parts})


def _read(kind: type[T], row: dict[str, Any]) -> T:
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in row.items()})


def _value(hint: Any, value: Any) -> Any:
    if hint is Decimal:
        return Decimal(value)
    return date.fromisoformat(value) if value and hint in (date, date | None) else value
