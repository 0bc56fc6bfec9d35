"""Opening hours, typed as lines like "Mo–Fr 09:00–15:00" and stored as one row per weekday and period."""

import re
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
BAD_LINE = "Bitte je Zeile wie „Mo–Fr 09:00–15:00“ oder „Mi 13:00–17:00“ schreiben, nicht: {line}"
_DAY = "|".join(DAYS)
_LINE = re.compile(
    rf"^({_DAY})(?:\s*[-–]\s*({_DAY}))?\s+(\d{{1,2}})[:.](\d{{2}})\s*[-–]\s*(\d{{1,2}})[:.](\d{{2}})(?:\s*Uhr)?$"
)
Hours = list[dict[str, Any]]


def parse_hours(text: str) -> Hours:
    """Rows with `weekday` (0 is Monday), `from` and `to`, in order; raises `ValidationError` in German."""
    rows = [row for line in text.splitlines() if line.strip() for row in _parse_line(line.strip())]
    return sorted(rows, key=lambda row: (row["weekday"], row["from"]))


def _parse_line(line: str) -> Hours:
    found = _LINE.match(line)
    if not found:
        raise ValidationError(BAD_LINE.format(line=line))
    first, last, *numbers = found.groups()
    begin, end = (f"{int(hour):02}:{minute}" for hour, minute in (numbers[:2], numbers[2:]))
    days = range(DAYS.index(first), DAYS.index(last or first) + 1)
    if not days or not begin < end <= "24:00" or max(begin[3:], end[3:]) > "59":
        raise ValidationError(BAD_LINE.format(line=line))
    return [{"weekday": day, "from": begin, "to": end} for day in days]


def format_hours(rows: Hours) -> str:
    """One line per period, neighbouring weekdays together."""
    return "\n".join(f"{_days(run)} {period}" for run, period in periods(rows))


def periods(rows: Hours) -> list[tuple[list[int], str]]:
    """Neighbouring weekdays and the time they share, like `([0, 1, 2], "09:00–15:00")`, in order of the week."""
    found = []
    by_period = sorted(rows, key=lambda r: (r["from"], r["to"], r["weekday"]))
    for (begin, end), same in groupby(by_period, key=lambda r: (r["from"], r["to"])):
        days = [row["weekday"] for row in same]
        found += [(run, f"{begin}–{end}") for run in _runs(days)]
    return sorted(found, key=lambda pair: (pair[0][0], pair[1]))


def _runs(days: list[int]) -> list[list[int]]:
    """Neighbours together: 0 1 2 4 gives 0 1 2 and 4."""
    return [[day for _n, day in run] for _k, run in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0])]


def _days(run: list[int]) -> str:
    return DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}–{DAYS[run[-1]]}"


class HoursField(forms.CharField):
    """Text on the page, rows in the database."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Je Zeile ein Zeitraum, zum Beispiel Mo–Fr 09:00–15:00.")
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), max_length=500, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return format_hours(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Hours:
        return parse_hours(super().clean(value))
