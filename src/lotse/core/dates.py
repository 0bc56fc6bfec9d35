"""Years and months as people count them. Whoever was born, or arrived, on 29 February waits until 1 March where there is none."""

from calendar import monthrange
from datetime import date

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def years_later(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return date(start.year + years, 3, 1)


def full_years(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def full_months(since: date, day: date) -> int:
    """Who began on the 31st waits for the first of the next month where there is none."""
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one that this month has (§ 188 BGB)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    return months_later(day, -months)
