from typing import Any

from django import forms

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm


class FilterForm(LotseForm):
    start = DayField(label="von")
    end = DayField(label="bis (Stichtag)")
    site = forms.ChoiceField(label="Beratungsstelle", required=False)
    programme = forms.ChoiceField(label="Programm", required=False)

    def __init__(
        self, *args: Any, sites: list[tuple[str, str]], programmes: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [("", "alle"), *sites]
        self.fields["programme"].choices = [("", "alle"), *programmes]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "Das Ende liegt vor dem Beginn.")
        return cleaned
