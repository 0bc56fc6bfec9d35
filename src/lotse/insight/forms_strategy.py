"""Forms of a target: what is wanted, what came of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm
from lotse.facts.enums import Aim
from lotse.facts.models import PERCENT, FigureTarget

QUARTER = timedelta(days=91)  # the round meets once a quarter
HALF_A_YEAR = timedelta(days=182)
WHY = "Der Stand liegt neben dem Ziel: Woran liegt das? Bitte ohne Namen."
WITHOUT_NAMES = "Bitte ohne Namen."
FIXED, FIRST_ONLY = ("aim", "value", "until"), ("decided_on",)


class TargetForm(LotseForm):
    """`is_fixed`: it was reviewed, so what is aimed at stays. `is_new`: it says when it was decided."""

    in_order = ("decided_on", "until", "„Bis“ liegt vor dem Beschluss.")

    aim = forms.ChoiceField(label="Ziel", choices=Aim.choices)
    value = forms.IntegerField(min_value=0, max_value=1_000_000)
    until = DayField(label="Bis")
    responsible = forms.ChoiceField(label="Zuständig")
    decided_on = DayField(label="Beschlossen am", past=True)
    review_on = DayField(label="Nächste Besprechung")
    measures = LongTextField(label="Maßnahmen", rows=4, required=False, help_text="Was wird dafür getan?")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, unit: str, people: Sequence[tuple[str, str]], is_new: bool = True, is_fixed: bool = False,
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.fields["value"].label = f"Wert in {unit}" if unit == PERCENT else f"Wert ({unit})"
        self.fields["responsible"].choices = list(people)
        for name in (*(FIXED if is_fixed else ()), *(() if is_new else FIRST_ONLY)):
            del self.fields[name]

    @staticmethod
    def first(today: date, responsible: str) -> dict[str, Any]:
        """What most would type."""
        year = today.year + (date(today.year, 12, 31) - today < HALF_A_YEAR)
        return {
            "aim": Aim.AT_LEAST,
            "until": date(year, 12, 31),
            "responsible": responsible,
            "decided_on": today,
            "review_on": today + QUARTER,
        }

    @staticmethod
    def stored(target: FigureTarget) -> dict[str, Any]:
        names = (*FIXED, "review_on", "measures", "revision")
        return {**{name: getattr(target, name) for name in names}, "responsible": target.responsible.public_id}

    @property
    def pairs(self) -> list[list[forms.BoundField]]:
        """The short ones stand beside each other; the words have a row of their own."""
        short = [bound for bound in self.visible_fields() if bound.name != "measures"]
        return [*(short[at : at + 2] for at in range(0, len(short), 2)), [self["measures"]]]


class TargetEndForm(LotseForm):
    on = DayField(label="Besprochen am", past=True)
    conclusion = LongTextField(label="Was kam heraus?", rows=4, help_text=WITHOUT_NAMES)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_missed: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_missed:
            self.fields["conclusion"].help_text = WHY

    @staticmethod
    def first(today: date, target: FigureTarget) -> dict[str, Any]:
        return {"on": today, "next_on": today + QUARTER, "revision": target.revision}


class TargetReviewForm(TargetEndForm):
    next_on = DayField(label="Nächste Besprechung")
