"""Numbers and days as statistical offices write them."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from lotse.documents.tables import Value

NOTHING = {"-", "–"}  # "there are none", which is a zero
NOT_TOLD = {".", "x", "X", "/", "...", "…"}  # unknown, locked, too uncertain, or still to come
MOST_DIGITS = 14  # before the decimal point
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_UNCERTAIN = re.compile(r"\((.+)\)")
_MARK = re.compile(r"(?<=\d)\s*[a-z]$")  # provisional, corrected, estimated
_DAYS = (
    (re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"), 1),
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:T.*)?"), 1),
    (re.compile(r"(?P<m>\d{1,2})[/.](?P<y>\d{4})"), 1),
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})"), 1),
    (re.compile(r"\d{4}/(?P<y>\d{2,4})"), 1),
    (re.compile(r"(?P<y>\d{4})"), 12),
)
SUMMER = 7  # a school year ends with it


def amount_of(cell: Value, *, grouped: bool) -> Decimal | None:
    """None: the statistics does not tell it. `grouped`: 1.234 is more than a thousand, as people write it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(str(cell))
    text = str(cell if cell is not None else "").strip()
    if text in NOT_TOLD or not text:
        return None
    if text in NOTHING:
        return Decimal(0)
    found = _number(_bare(text), grouped)
    if found is None or abs(found) >= 10**MOST_DIGITS:
        raise ValidationError(f"„{text[:30]}“ ist keine Zahl.")
    return found


def _bare(text: str) -> str:
    inner = _UNCERTAIN.fullmatch(text)
    return _MARK.sub("", inner[1] if inner else text).replace("\u00a0", "").replace("\u202f", "").replace(" ", "")


def _number(text: str, grouped: bool) -> Decimal | None:
    if grouped and _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def written(amount: Decimal) -> str:
    """12.345,6"""
    text = f"{amount.normalize():,f}"
    return text.translate(str.maketrans(",.", ".,"))


def day_of(cell: Value) -> date:
    """The last day of what is named: a day, a month, a year, a school year."""
    if isinstance(cell, date):
        return cell
    text = f"{cell:.0f}" if isinstance(cell, float) else str(cell if cell is not None else "").strip()
    for pattern, last_month in _DAYS:
        if found := pattern.fullmatch(text):
            return _last_day(text, found.groupdict(), last_month)
    raise ValidationError(f"„{text[:30]}“ ist kein Jahr und kein Tag. Bitte 2025 oder 31.12.2025 schreiben.")


def _last_day(text: str, parts: dict[str, str], last_month: int) -> date:
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    month = int(parts.get("m") or (SUMMER if "/" in text else last_month))
    try:
        return date(year, month, int(parts["d"]) if "d" in parts else monthrange(year, month)[1])
    except ValueError as error:
        raise ValidationError(f"„{text[:30]}“ ist kein Datum.") from error
