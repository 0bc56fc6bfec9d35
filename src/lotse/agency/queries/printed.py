"""How values read on paper; a dash where nothing is said."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from lotse.agency.queries.places import in_german

NOTHING = "–"


def said(value: Any) -> str:
    return NOTHING if value in (None, "") else str(value)


def listed(values: Iterable[Any]) -> str:
    return ", ".join(str(value) for value in values) or NOTHING


def day_of(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else NOTHING


def amount(number: Decimal | None, unit: str) -> str:
    return NOTHING if number is None else f"{in_german(number)} {unit}".strip()
