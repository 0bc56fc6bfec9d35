"""A choice among rows: the address of each is what is posted, the row itself is what comes out."""

from collections.abc import Mapping
from typing import Any

from django import forms

PICK = "– bitte wählen –"


class RowField(forms.TypedChoiceField):
    """`offer` says which; nothing chosen is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(empty_value=None, **kwargs)

    def offer(self, rows: Mapping[str, Any], empty: str = PICK) -> None:
        self.choices = [("", empty), *((key, str(row)) for key, row in rows.items())]
        self.coerce = lambda key: rows[key]
