"""Several rows of a list, ticked; what comes out are the rows."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from lotse.organisations.forms.shared import Pickable


class RowsField(forms.MultipleChoiceField):
    def __init__(self, rows: Sequence[Pickable], words: Callable[[Any], str] = str, **kwargs: Any) -> None:
        self.rows = {row.public_id: row for row in rows}
        choices = [(key, words(row)) for key, row in self.rows.items()]
        kwargs.setdefault("required", False)
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)

    @property
    def says_optional(self) -> bool:
        return True

    def clean(self, value: Any) -> list[Any]:
        return [self.rows[key] for key in super().clean(value)]
