"""How often a format met, how often it must, what is planned; and days for the year to come (NW-02, NW-03, NW-07, NW-08)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone

from lotse.network.enums import MeetingState, Per
from lotse.network.holidays import working_day_from
from lotse.network.models import Meeting, NetworkFormat
from lotse.network.packaged import kind
from lotse.network.states import COMING


@dataclass(frozen=True)
class Span:
    """A quarter or a calendar year."""

    first: date
    last: date
    words: str


def span_of(per: str, day: date) -> Span:
    if per == Per.YEAR:
        return Span(date(day.year, 1, 1), date(day.year, 12, 31), f"{day.year}")
    quarter = (day.month - 1) // 3
    first = date(day.year, quarter * 3 + 1, 1)
    after = date(day.year + quarter // 3, (quarter * 3 + 3) % 12 + 1, 1)
    return Span(first, after - timedelta(days=1), f"{quarter + 1}. Quartal {day.year}")


@dataclass(frozen=True)
class Standing:
    """Of one format in the running quarter or year; colour and words say the same."""

    span: Span
    held: int
    planned: int
    required: int

    @property
    def missing(self) -> int:
        return max(self.required - self.held - self.planned, 0)

    @property
    def is_in_danger(self) -> bool:
        return self.missing > 0

    @property
    def tone(self) -> str:
        if not self.required:
            return "none"
        return "warn" if self.missing else "good" if self.held >= self.required else ""

    @property
    def words(self) -> str:
        held = f"{self.held} von {self.required} gehalten" if self.required else f"{self.held} gehalten"
        planned = f", {self.planned} geplant" if self.planned else ""
        reached = " – reicht" if self.required and self.held < self.required and not self.missing else ""
        return f"{held}{planned}{reached}"

    @property
    def warning(self) -> str:
        if not self.missing:
            return ""
        what = "fehlt noch ein Treffen" if self.missing == 1 else f"fehlen noch {self.missing} Treffen"
        return f"Es {what} bis {self.span.last:%d.%m.}"


class Minimum(NamedTuple):
    """So many meetings in a quarter or year; 0 where nothing is laid down."""

    per: str
    at_least: int


Met = tuple[int, str, datetime]  # of which format, in what state, when


def standings(formats: Iterable[NetworkFormat], today: date) -> dict[int, Standing]:
    """One statement for all of them."""
    known = {format.pk: Minimum(format.per, format.at_least) for format in formats}
    rows = Meeting.objects.filter(format__in=known, starts_at__year=today.year) if known else Meeting.objects.none()
    return stood(known, rows.order_by().values_list("format_id", "state", "starts_at"), today)


def stood(known: Mapping[int, Minimum], meetings: Iterable[Met], today: date) -> dict[int, Standing]:
    """What was planned for a day that is over and never closed counts for nothing."""
    spans = {pk: span_of(minimum.per, today) for pk, minimum in known.items()}
    held: dict[int, int] = defaultdict(int)
    planned: dict[int, int] = defaultdict(int)
    for format_id, state, starts_at in meetings:
        day = timezone.localdate(starts_at)
        if spans[format_id].first <= day <= spans[format_id].last:
            held[format_id] += state == MeetingState.HELD
            planned[format_id] += state in COMING and day >= today
    return {pk: Standing(spans[pk], held[pk], planned[pk], known[pk].at_least) for pk in known}


@dataclass(frozen=True)
class Proposal:
    """A day for a meeting; None is a line left free for one more."""

    format: NetworkFormat
    day: date | None
    begins: time


BEGINS = time(10)
USUAL_WEEKDAY = 1  # a Tuesday, where a format never met
SPARE = 1


def proposals(formats: Sequence[NetworkFormat], year: int, today: date) -> list[Proposal]:
    """As many as the minimum still wants in that year, spread over it, no two on one day; and a free line for each format.

    Two statements, however many formats.
    """
    planned, habits = _planned_in(formats, year), _habits(formats)
    taken = {day for days in planned.values() for day in days}
    rows: list[Proposal] = []
    for format in formats:
        habit = habits.get(format.pk)
        days = [day for day in _days(format, year, planned[format.pk], habit, taken) if day > today]
        begins = habit.time() if habit else BEGINS
        rows += [Proposal(format, day, begins) for day in days] + [Proposal(format, None, begins)] * SPARE
    return rows


def _planned_in(formats: Sequence[NetworkFormat], year: int) -> dict[int, set[date]]:
    days: dict[int, set[date]] = defaultdict(set)
    rows = Meeting.objects.filter(format__in=formats, starts_at__year=year, state__in=(*COMING, MeetingState.HELD))
    for format_id, starts_at in rows.order_by().values_list("format_id", "starts_at"):
        days[format_id].add(timezone.localdate(starts_at))
    return days


def _habits(formats: Sequence[NetworkFormat]) -> dict[int, datetime]:
    """When each of them met last: its weekday and its time of day."""
    rows = Meeting.objects.filter(format__in=formats).order_by().values_list("format_id")
    return {format_id: timezone.localtime(last) for format_id, last in rows.annotate(last=Max("starts_at"))}


def _days(format: NetworkFormat, year: int, own: set[date], habit: datetime | None, taken: set[date]) -> list[date]:
    """Adds to `taken`."""
    days: list[date] = []
    for first, last in _stretches(format, year):
        if not any(first <= day <= last for day in own):
            middle = _on_weekday(first + (last - first) / 2, habit.weekday() if habit else USUAL_WEEKDAY)
            days.append(working_day_from(middle, but_not=frozenset(taken)))
            taken.add(days[-1])
    return days


def _stretches(format: NetworkFormat, year: int) -> list[tuple[date, date]]:
    """A year cut into as many equal pieces as there must be meetings; or the months in which it usually takes place."""
    if months := kind(format.kind).months:
        return [(date(year, months[0], 1), date(year, months[-1], 28))]
    number = format.at_least * (4 if format.per == Per.QUARTER else 1)
    first = date(year, 1, 1)
    cut = [first + timedelta(days=round(365 * part / number)) for part in range(number + 1)] if number else []
    return [(begin, end - timedelta(days=1)) for begin, end in pairwise(cut)]


def _on_weekday(day: date, wanted: int) -> date:
    return day + timedelta(days=(wanted - day.weekday()) % 7)
