"""Data of an analysis that can be set side by side: the same figure in several places, or in one place over several years."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """`by_area`: its points are places on one day, the highest first; else days in one place. `where`: that day or place."""

    label: str
    unit: str
    where: str
    points: tuple[Point, ...]
    by_area: bool

    @property
    def key(self) -> str:
        return sha256(f"{self.label}|{self.unit}|{self.where}|{self.by_area}".encode()).hexdigest()[:12]

    @property
    def title(self) -> str:
        return ", ".join(filter(None, (self.label, self.where)))

    @property
    def words(self) -> str:
        """Its main result in one sentence."""
        least, most = min(self.points, key=_amount), max(self.points, key=_amount)
        return f"{self.title}: von {least.written} ({least.words}) bis {most.written} ({most.words})."

    @property
    def bars(self) -> Sequence[Point]:
        """As many as a picture holds: the highest, or the last years."""
        return self.points[:MOST_BARS] if self.by_area else self.points[-MOST_BARS:]

    @property
    def is_cut(self) -> bool:
        return len(self.points) > MOST_BARS


def _amount(point: Point) -> Decimal:
    return point.amount


Told = tuple[DataItem, Decimal]


def series_of(items: Iterable[DataItem]) -> list[Series]:
    """One picture for a figure: its places on the last day; where it has just one, its years."""
    told: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for item in items:
        if (amount := amount_in(item.value)) is not None:
            told[item.label, item.unit].append((item, amount))
    return [series for (label, unit), rows in told.items() for series in _of_figure(label, unit, rows)]


def amount_in(text: str) -> Decimal | None:
    """What is no number, like "rund 40", stands in the table only."""
    if text.strip() in NOT_TOLD:
        return None
    try:
        return amount_of(text.replace("%", "").strip(), grouped=True)
    except ValidationError:
        return None


def _of_figure(label: str, unit: str, rows: Sequence[Told]) -> Iterator[Series]:
    last = max(item.as_of for item, _amount in rows)
    places = {item.area: (item, amount) for item, amount in rows if item.as_of == last and item.area}
    if len(places) >= FEWEST:
        ordered = sorted(places.values(), key=lambda told: (-told[1], told[0].area))
        points = tuple(Point(item.area, amount, _said(item)) for item, amount in ordered)
        yield Series(label, unit, _day(last), points, by_area=True)
        return
    for place in dict.fromkeys(item.area for item, _amount in rows):
        days = {item.as_of: (item, amount) for item, amount in rows if item.area == place}
        if len(days) >= FEWEST:
            points = tuple(Point(_day(day), days[day][1], _said(days[day][0])) for day in sorted(days))
            yield Series(label, unit, place, points, by_area=False)


def _day(day: date) -> str:
    return f"{day:%Y}" if (day.day, day.month) == (31, 12) else f"{day:%d.%m.%Y}"


def _said(item: DataItem) -> str:
    return f"{item.value} %" if item.unit == "%" and "%" not in item.value else item.value


def points_on(areas: Sequence[Area], series: Series) -> Mapping[str, Point]:
    """By key of the area: the place that is called like it."""
    by_name = {fold(point.words): point for point in series.points}
    found = {area["key"]: by_name.get(fold(area["key"])) or by_name.get(fold(area["name"])) for area in areas}
    return {key: point for key, point in found.items() if point}
