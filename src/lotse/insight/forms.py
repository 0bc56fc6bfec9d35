from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm
from lotse.facts.definitions import Setting
from lotse.facts.models import YearlyRating
from lotse.facts.ratings import STEPS

OWN, ALL = "own", "all"
SCOPES = ((OWN, "Akten, die ich lesen darf"), (ALL, "alle, auch die der anderen"))
YEARS_BACK = 5
Choices = Sequence[tuple[str, str]]


class FilterForm(LotseForm):
    """Any days for the files one reads. For what one may only count there are whole past years (ADR 0010)."""

    sheet = forms.ChoiceField(label="Blatt")
    scope = forms.ChoiceField(label="Was zählt", choices=SCOPES)
    start = DayField(label="Von", past=True)
    end = DayField(label="Bis (Stichtag)", past=True)
    year = forms.ChoiceField(label="Jahr")
    site = forms.ChoiceField(label="Beratungsstelle", required=False)
    programme = forms.ChoiceField(label="Programm", required=False)
    shown_when = {"start": ("scope", (OWN,)), "end": ("scope", (OWN,)), "year": ("scope", (ALL,))}

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        today: date,
        sheets: Choices,
        sites: Choices,
        programmes: Choices,
        **more: Any,
    ) -> None:
        known = {
            "sheet": "work",
            "scope": OWN,
            "start": f"{today.year}-01-01",
            "end": f"{today}",
            "year": f"{today.year - 1}",
        }
        super().__init__({**known, **{name: asked[name] for name in self.base_fields if name in asked}}, **more)
        self.fields["year"].choices = [(f"{today.year - n}",) * 2 for n in range(1, YEARS_BACK + 1)]
        self.fields["sheet"].choices = list(sheets)
        self.fields["site"].choices = [("", "alle"), *sites]
        self.fields["programme"].choices = [("", "alle"), *programmes]
        self.fields["site"].says_optional = self.fields["programme"].says_optional = True  # "alle" says it

    @property
    def is_latest(self) -> bool:
        """Cases run over years; for whom may not see them, only the last year shows them (ADR 0010)."""
        return self.cleaned_data.get("year") == self.fields["year"].choices[0][0]

    @property
    def is_own(self) -> bool:
        return self.cleaned_data.get("scope") == OWN

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "Das Ende liegt vor dem Beginn.")
        if not self.is_own and cleaned.get("site") and cleaned.get("programme"):
            self.add_error(
                "programme",
                "Bitte entweder eine Beratungsstelle oder ein Programm wählen. Beides zusammen könnte einzelne Menschen erkennen lassen.",
            )
        return cleaned


class ValueForm(LotseForm):
    """One value of figures, a number or one of a few words, and from when it holds."""

    valid_from = DayField(label="Gilt ab")

    def __init__(self, *args: Any, setting: Setting, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["value"] = _value_field(setting)
        self.dress(self.fields["value"])
        self.order_fields(["value", "valid_from"])

    def clean_value(self) -> str:
        return str(self.cleaned_data["value"])


def _value_field(setting: Setting) -> forms.Field:
    if setting.choices:
        return forms.ChoiceField(label=setting.title, choices=[(key, key.upper()) for key in setting.choices])
    label = f"{setting.title} … {setting.unit}" if setting.unit else setting.title
    return forms.IntegerField(label=label, min_value=setting.least, max_value=setting.most)


class RatingForm(LotseForm):
    rating = forms.TypedChoiceField(
        label="Einschätzung", coerce=int, choices=list(STEPS.items()), widget=forms.RadioSelect
    )
    reason = LongTextField(label="Begründung", rows=4, help_text="Woran sehen Sie das? Bitte ohne Namen.")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_from(row: YearlyRating | None) -> dict[str, Any]:
        return {"rating": row.rating, "reason": row.reason, "revision": row.revision} if row else {}

    def typed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("rating", "reason", "revision")}


class KeyDateForm(LotseForm):
    key_date = DayField(label="Stichtag", past=True)
