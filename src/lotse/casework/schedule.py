"""From a day and a time on the wall to moments: a series keeps its time when the clocks change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

Span = tuple[datetime, datetime]
MOST = 52


def span(day: date, begins: time, minutes: int) -> Span:
    """An hour is an hour, also across the change of the clocks. A time that this day does not have is refused."""
    start = datetime.combine(day, begins, timezone.get_current_timezone())
    if start.astimezone(UTC).astimezone(start.tzinfo).time() != begins:
        raise ValidationError(
            {
                "begins": f"Diese Uhrzeit gibt es am {day:%d.%m.%Y} nicht: Die Uhr wird umgestellt. Bitte eine andere wählen."
            }
        )
    return start, (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)


def weekly(day: date, begins: time, minutes: int, times: int) -> Iterator[Span]:
    return (span(day + timedelta(weeks=week), begins, minutes) for week in range(times))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> list[date]:
    return [monday_of(day) + timedelta(days=number) for number in range(7)]


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())
