"""Data of an analysis that can be set side by side: the same figure in several places, or over several years."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.core.exceptions import ValidationError

from lotse.agency.models import DataItem
from lotse.agency.statistics.cells import NOT_TOLD, amount_of
from lotse.core.search import fold
from lotse.documents.geojson import Area

FEWEST, MOST_BARS = 2, 24


@dataclass(frozen=True)
class Point:
    words: str
    amount: Decimal
    written: str


@dataclass(frozen=True)
class Series:
    """`by_area`: its points are places on one day; else days in one place."""

    label: str
    unit: str
    apart: str
    points: tuple[Point, ...]
    by_area: bool

    @property
    def key(self) -> str:
        return sha256(f"{self.label}|{self.unit}|{self.apart}|{self.by_area}".encode()).hexdigest()[:12]

    @property
    def title(self) -> str:
        return ", ".join(filter(None, (self.label, self.apart)))

    @property
    def words(self) -> str:
        """Its main result in one sentence."""
        least, most = min(self.points, key=_amount), max(self.points, key=_amount)
        return f"{self.title}: von {least.written} ({least.words}) bis {most.written} ({most.words})."


def _amount(point: Point) -> Decimal:
    return point.amount


def series_of(items: Iterable[DataItem]) -> list[Series]:
    """Places first; what stands in one place only is set side by side by its years."""
    told = [(item, amount) for item in items if (amount := amount_in(item.value)) is not None]
    by_day = _grouped(told, lambda item: item.as_of, lambda item: item.area)
    by_area = _grouped(told, lambda item: item.area, lambda item: item.as_of)
    return [
        *(_series(key, rows, by_area=True) for key, rows in by_day.items()),
        *(_series(key, rows, by_area=False) for key, rows in by_area.items()),
    ]


def amount_in(text: str) -> Decimal | None:
    """What is no number, like "rund 40", stands in the table only."""
    if text.strip() in NOT_TOLD:
        return None
    try:
        return amount_of(text.replace("%", "").strip(), grouped=True)
    except ValidationError:
        return None


Told = tuple[DataItem, Decimal]
Key = tuple[str, str, str]


def _grouped(
    told: Sequence[Told], same: Callable[[DataItem], object], apart: Callable[[DataItem], object]
) -> Mapping[Key, list[Told]]:
    groups: dict[Key, list[Told]] = defaultdict(list)
    for item, amount in told:
        if apart(item):
            groups[item.label, item.unit, _written(same(item))].append((item, amount))
    return {key: rows for key, rows in groups.items() if len({apart(item) for item, _a in rows}) >= FEWEST}


def _written(value: object) -> str:
    if not isinstance(value, date):
        return str(value)
    return f"{value:%Y}" if (value.day, value.month) == (31, 12) else f"{value:%d.%m.%Y}"


def _series(key: Key, rows: Sequence[Told], *, by_area: bool) -> Series:
    if by_area:
        ordered = sorted(rows, key=lambda row: (-row[1], row[0].area))
    else:
        ordered = sorted(rows, key=lambda row: row[0].as_of)
    points = tuple(Point(_written(_apart(item, by_area)), amount, _said(item)) for item, amount in ordered[:MOST_BARS])
    return Series(*key, points, by_area)


def _apart(item: DataItem, by_area: bool) -> object:
    return item.area if by_area else item.as_of


def _said(item: DataItem) -> str:
    return f"{item.value} %" if item.unit == "%" and "%" not in item.value else item.value


def points_on(areas: Sequence[Area], series: Series) -> dict[str, Point]:
    """By key of the area: the place that is called like it."""
    by_name = {fold(point.words): point for point in series.points}
    found = {area["key"]: by_name.get(fold(area["key"])) or by_name.get(fold(area["name"])) for area in areas}
    return {key: point for key, point in found.items() if point}
