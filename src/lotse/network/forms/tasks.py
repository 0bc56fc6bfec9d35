from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm


class FinishForm(LotseForm):
    result = LongTextField(label="Was ist herausgekommen?", rows=3)
    on = DayField(label="Erledigt am", past=True)


class DropForm(LotseForm):
    result = LongTextField(label="Warum ist sie nicht mehr nötig?", rows=2)


class TaskForm(LotseForm):
    text = LongTextField(label="Was ist zu tun?", rows=2)
    owner_name = forms.CharField(label="Wer übernimmt sie?", max_length=160)
    due_on = DayField(label="Bis wann?", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owner_is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if owner_is_known:  # somebody with an account is not renamed into somebody else
            self.fields["owner_name"].disabled = True
