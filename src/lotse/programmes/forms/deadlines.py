from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm
from lotse.programmes.enums import Bearer
from lotse.programmes.models import DeadlineRule
from lotse.programmes.models.deadlines import COMMON_YEAR

BAD_DAY = "Bitte Tag und Monat wie 30.04. angeben."


class DayOfYearField(forms.CharField):
    """A day of every year, typed "30.04."; comes out as (month, day), and as (None, None) where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=8, **kwargs)
        self.widget.attrs["class"] = "short"

    def clean(self, value: Any) -> tuple[int, int] | tuple[None, None]:
        text = super().clean(value).strip().strip(".")
        if not text:
            return None, None
        day, _dot, month = text.partition(".")
        try:
            found = date(COMMON_YEAR, int(month), int(day))
        except ValueError as error:
            raise ValidationError(BAD_DAY) from error
        return found.month, found.day


class StepForm(LotseForm):
    on = DayField(label="Am", past=True)


class ReturnForm(StepForm):
    note = forms.CharField(label="Was fehlt?", max_length=300)


class DropForm(StepForm):
    note = forms.CharField(label="Warum entfällt das?", max_length=300)


class RuleForm(LotseForm):
    """Days of a rule; `columns` is what the row holds."""

    seldom = ("warn", "every_years", "anchor_year", "offset_years")

    name = forms.CharField(label="Was ist fällig?", max_length=120)
    bearer = forms.ChoiceField(label="Wer reicht ein?", choices=Bearer.choices)
    internal = DayOfYearField(label="Intern bis", help_text="Tag und Monat, zum Beispiel 30.04.")
    external = DayOfYearField(
        label="Bei der Behörde bis", required=False, help_text="Leer, wenn die Behörde nichts bekommt."
    )
    valid_from = DayField(label="Gilt für Fristen ab")
    warn = DayOfYearField(label="Eigene Vorwarnung am", required=False)
    every_years = forms.IntegerField(label="Alle wie viel Jahre?", min_value=1, max_value=10)
    anchor_year = forms.IntegerField(label="Ein Jahr, in dem es fällig ist", min_value=2000, max_value=2100)
    offset_years = forms.IntegerField(
        label="Jahre nach dem Förderjahr", min_value=-2, max_value=2, help_text="1: im Jahr danach. -1: im Jahr davor."
    )

    @property
    def columns(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        for name in ("internal", "external", "warn"):
            data[f"{name}_month"], data[f"{name}_day"] = data.pop(name)
        return data

    @staticmethod
    def first(rule: DeadlineRule | None, today: date) -> dict[str, Any]:
        """From the next year on, so that nothing of this year moves unasked."""
        new_year = date(today.year + 1, 1, 1)
        if rule is None:
            return {
                "bearer": Bearer.AGENCY, "valid_from": today, "every_years": 1, "anchor_year": today.year, "offset_years": 0,
            }  # fmt: skip
        kept = ("name", "bearer", "every_years", "anchor_year", "offset_years")
        days = {"internal": rule.internal_words, "external": rule.external_words, "warn": rule.warn_words}
        return {**{name: getattr(rule, name) for name in kept}, **days, "valid_from": new_year}


class EndRuleForm(LotseForm):
    on = DayField(label="Letzter Tag, für den sie gilt")
