from typing import Any

from django import forms

from lotse.casework.forms.choices import PICK, pick
from lotse.core.fields import DayField
from lotse.core.forms import LotseForm

Choices = list[tuple[str, str]]
ELSEWHERE = "elsewhere"


class ResponsibilityForm(LotseForm):
    shown_when = {"elsewhere": ("site", (ELSEWHERE,))}

    municipality_code = pick("municipality_code", "Gemeinde")
    accommodation = pick("accommodation", "Unterbringung", None, widget=forms.RadioSelect)
    site = forms.ChoiceField(label="Zuständig ist")
    elsewhere = forms.CharField(label="Welche Stelle?", max_length=120, required=False)
    programme = forms.ChoiceField(label="Programm", required=False)
    valid_from = DayField(label="Gilt ab")

    def __init__(self, *args: Any, sites: Choices, programmes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [("", PICK), *sites, (ELSEWHERE, "eine andere Stelle")]
        self.fields["programme"].choices = [("", "gleich welches"), *programmes]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_elsewhere = cleaned.get("site") == ELSEWHERE
        if is_elsewhere and not cleaned.get("elsewhere"):
            self.add_error("elsewhere", "Bitte die Stelle nennen.")
        if not is_elsewhere:
            cleaned["elsewhere"] = ""
        return cleaned
