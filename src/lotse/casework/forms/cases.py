"""Forms that move a case along and end it."""

from typing import Any

from django import forms

from lotse.casework.enums import (
    CaseState,
    Tier,
)
from lotse.casework.forms.choices import pick
from lotse.casework.models import CounsellingCase
from lotse.casework.states import CASE, CASE_ENDS
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm


class TierForm(LotseForm):
    tier = forms.ChoiceField(
        label="Art der Beratung",
        choices=[(t.value, t.label) for t in (Tier.BASIC_COUNSELLING, Tier.CASE_MANAGEMENT)],
        widget=forms.RadioSelect,
    )
    since = DayField(label="seit", past=True)
    note = forms.CharField(label="Anmerkung", max_length=200, required=False)


class DayForm(LotseForm):
    """One date with its own words."""

    on = DayField(label="Datum", past=True)

    def __init__(self, *args: Any, label: str = "Datum", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label


class EvaluationForm(DayForm):
    evaluation = LongTextField(label="Auswertung: Was wurde erreicht, was hat geholfen?", rows=5)


class SustainabilityForm(DayForm):
    result = LongTextField(label="Trägt das Erreichte?", rows=4)


class EndForm(DayForm):
    state = forms.ChoiceField(label="Wie endet der Fall?", widget=forms.RadioSelect)
    reason = pick("end_reason", "Grund")
    part_a_reason = pick("part_missing_reason", "Kein Teil A, weil", "– Teil A liegt vor –", required=False)
    part_b_reason = pick("part_missing_reason", "Kein Teil B, weil", "– Teil B liegt vor –", required=False)
    note = LongTextField(label="Anmerkung", rows=2, required=False)

    def __init__(self, *args: Any, states: list[CaseState], **kwargs: Any) -> None:
        super().__init__(*args, label="Ende der Beratung am", **kwargs)
        self.fields["state"].choices = [(s.value, s.label) for s in states]


def end_states(case: CounsellingCase) -> list[CaseState]:
    """The ends that the state allows now."""
    possible = CASE[CaseState(case.state)] & CASE_ENDS
    return [s for s in CaseState if s in possible]
