"""Public holidays of North Rhine-Westphalia, where the district works, and free days in general."""

from datetime import date, timedelta

_FIXED = {(1, 1): "Neujahr", (5, 1): "Tag der Arbeit", (10, 3): "Tag der Deutschen Einheit", (11, 1): "Allerheiligen",
          (12, 24): "Heiligabend", (12, 25): "Weihnachten", (12, 26): "Weihnachten", (12, 31): "Silvester"}  # fmt: skip
_FROM_EASTER = {-2: "Karfreitag", 1: "Ostermontag", 39: "Christi Himmelfahrt", 50: "Pfingstmontag", 60: "Fronleichnam"}


def easter(year: int) -> date:
    """The Gregorian rule in whole numbers (Meeus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def why_free(day: date) -> str:
    """What speaks against a meeting that day, in words; empty on a working day."""
    if day.weekday() >= 5:
        return "Samstag" if day.weekday() == 5 else "Sonntag"
    return _FIXED.get((day.month, day.day)) or _FROM_EASTER.get((day - easter(day.year)).days, "")


def working_day_from(day: date, *, but_not: frozenset[date] = frozenset()) -> date:
    """This day, or the first one after it on which people work and nothing else is planned; a week on keeps the weekday."""
    while why_free(day) or day in but_not:
        day += timedelta(days=7 if day.weekday() < 5 else 1)
    return day
