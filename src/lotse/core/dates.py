"""Years as people count them. Whoever was born, or arrived, on 29 February waits until 1 March where there is none."""

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
