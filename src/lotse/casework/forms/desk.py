"""Forms of the privacy desk."""

from typing import Any

from django import forms

from lotse.casework.enums import FreezeGround, IdentityCheck, RequestAnswer, RequestKind
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm

NOT_YET = ("", "noch nicht geprüft")


class RequestForm(LotseForm):
    kind = forms.ChoiceField(label="Worum geht es?", choices=RequestKind.choices, widget=forms.RadioSelect)
    received_on = DayField(label="Eingegangen am", past=True)
    identity = forms.ChoiceField(
        label="Identität", choices=[*IdentityCheck.choices, NOT_YET], widget=forms.RadioSelect, required=False
    )
    note = LongTextField(label="Anmerkung", rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["identity"].says_optional = True


class AnswerForm(LotseForm):
    on = DayField(label="Beantwortet am", past=True)
    answer = forms.ChoiceField(label="Antwort", choices=RequestAnswer.choices, widget=forms.RadioSelect)
    identity = forms.ChoiceField(label="Identität", choices=IdentityCheck.choices, widget=forms.RadioSelect)
    note = LongTextField(label="Begründung oder Anmerkung", rows=2, required=False)


class ExtensionForm(LotseForm):
    until = DayField(label="Verlängern bis", help_text="Höchstens zwei Monate. Bitte sagen Sie der Person, warum.")
    reason = LongTextField(label="Grund", rows=2)


class CorrectionForm(LotseForm):
    on = DayField(label="Berichtigt am", past=True)
    what = LongTextField(label="Was war falsch?", rows=2)
    now = LongTextField(label="Was gilt jetzt?", rows=2)


class FreezeForm(LotseForm):
    ground = forms.ChoiceField(label="Grund", choices=FreezeGround.choices, widget=forms.RadioSelect)
    on = DayField(label="Ab", past=True)


class HoldForm(LotseForm):
    reason = forms.CharField(
        label="Rechtsgrund", max_length=160, help_text="Zum Beispiel: Klage anhängig, § 17 Abs. 3 e. Bitte keine Namen."
    )
    until = DayField(label="Nicht löschen bis")


class PeriodForm(LotseForm):
    months = forms.IntegerField(label="Monate", min_value=1, max_value=360)
    reason = forms.CharField(label="Warum diese Frist?", max_length=200)
