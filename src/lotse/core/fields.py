"""Form fields for what people here write down: days, half-known dates, euro, yes/no/not asked."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

BAD_DATE = "Bitte ein Datum wie 12.05.1990 angeben."
BAD_PARTIAL = "Bitte ein Datum wie 12.05.1990, 05.1990 oder 1990 angeben."
FUTURE = "Das Datum liegt in der Zukunft."
_PARTS = re.compile(r"^(ca\.?\s*)?(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})$")
EARLIEST = date(1900, 1, 1)
BAD_AMOUNT = "Bitte einen Betrag wie 1.234,50 angeben."
TOO_FINE = "Bitte höchstens zwei Stellen nach dem Komma angeben."
NEGATIVE = "Bitte einen Betrag ohne Minus angeben."
# 1234,5 and 1.234,50; and 1234.50, where the point cannot stand before thousands.
_WITH_COMMA = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+)(,\d*)?", re.ASCII)
_WITH_POINT = re.compile(r"-?\d+\.\d{1,2}", re.ASCII)
CENT = Decimal("0.01")


class DayField(forms.DateField):
    """A day, typed the German way or picked; `past` refuses the future."""

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        self.past = past
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"))
        super().__init__(error_messages={"invalid": BAD_DATE}, **kwargs)

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and day < EARLIEST:
            raise ValidationError(BAD_DATE)
        if day and self.past and day > timezone.localdate():
            raise ValidationError(FUTURE)
        return day


@dataclass(frozen=True)
class PartialDate:
    """A date known to the day, the month or the year; "ca." means estimated. `day` is the first possible day."""

    day: date
    precision: str


class PartialDateField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Zum Beispiel 12.05.1990, 05.1990, 1990 oder ca. 1990.")
        super().__init__(max_length=16, **kwargs)
        self.widget.attrs["class"] = "short"

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        return parse_partial_date(text) if text else None


def parse_partial_date(text: str) -> PartialDate:
    """Raises `ValidationError` in German."""
    found = _PARTS.match(text.strip())
    if not found:
        raise ValidationError(BAD_PARTIAL)
    estimated, day, month, year = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValidationError(BAD_PARTIAL) from error
    if first < EARLIEST:
        raise ValidationError(BAD_PARTIAL)
    if first > timezone.localdate():
        raise ValidationError(FUTURE)
    known = "day" if day else "month" if month else "year"
    return PartialDate(first, "estimated" if estimated else known)


def format_partial_date(day: date | None, precision: str) -> str:
    """The way it was typed; empty for None."""
    if day is None:
        return ""
    return {"month": f"{day:%m.%Y}", "year": f"{day:%Y}", "estimated": f"ca. {day:%Y}"}.get(
        precision, f"{day:%d.%m.%Y}"
    )


class YesNoField(forms.TypedChoiceField):
    """True, False, or None for not asked."""

    says_optional = True

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(
            choices=[("true", "ja"), ("false", "nein"), ("", "nicht erhoben")],
            coerce=lambda value: {"true": True, "false": False}.get(str(value).lower()),
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false", None: ""}.get(value, value)


class LongTextField(forms.CharField):
    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20_000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ClockField(forms.TimeField):
    """A time on the wall."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"))
        super().__init__(error_messages={"invalid": "Bitte eine Uhrzeit wie 14:30 angeben."}, **kwargs)


class EuroField(forms.DecimalField):
    """Typed as people write it: 1.234,50, 1234,5 or 1 234,50 €; `signed` lets less than nothing through."""

    def __init__(self, *, signed: bool = False, **kwargs: Any) -> None:
        self.signed = signed
        kwargs = {"max_digits": 12, **kwargs}
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"})
        )
        super().__init__(decimal_places=2, localize=True, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.quantize(CENT) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        typed = value.strip() if isinstance(value, str) else value
        return parse_euros(typed) if typed and isinstance(typed, str) else super().to_python(typed)

    def clean(self, value: Any) -> Decimal | None:
        amount = super().clean(value)
        if amount is not None and amount < 0 and not self.signed:
            raise ValidationError(NEGATIVE)
        return amount


def parse_euros(text: str) -> Decimal:
    """Raises `ValidationError` in German."""
    typed = re.sub(r"[\s€]", "", text).replace("−", "-")
    if _WITH_POINT.fullmatch(typed):
        return Decimal(typed).quantize(CENT)
    if not _WITH_COMMA.fullmatch(typed):
        raise ValidationError(BAD_AMOUNT)
    whole, _comma, cents = typed.replace(".", "").partition(",")
    if len(cents) > 2:
        raise ValidationError(TOO_FINE)
    return Decimal(f"{whole}.{cents:0<2}")
