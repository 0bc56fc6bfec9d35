"""Amounts as people type them."""

import re
from decimal import Decimal
from typing import Any

from django import forms

GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d*)?")


class EuroField(forms.DecimalField):
    """1.234,50, with or without the sign of the currency."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"})
        super().__init__(min_value=0, max_digits=12, decimal_places=2, localize=True, widget=widget, **kwargs)
        self.error_messages["invalid"] = "Bitte einen Betrag wie 1.234,50 angeben."

    def to_python(self, value: Any) -> Decimal | None:
        text = re.sub(r"[\s€]", "", value) if isinstance(value, str) else value
        if isinstance(text, str) and GROUPED.fullmatch(text):
            text = text.replace(".", "")
        return super().to_python(text)
