from typing import Any

from django import forms

from lotse.casework.enums import AbsenceCode
from lotse.casework.forms.choices import PICK, pick
from lotse.core.fields import DayField
from lotse.core.forms import LotseForm

Choices = list[tuple[str, str]]


class AbsenceForm(LotseForm):
    person = forms.ChoiceField(label="Wer ist abwesend?")
    deputy = forms.ChoiceField(label="Vertretung")
    first_on = DayField(label="Erster Tag")
    last_on = DayField(label="Letzter Tag")
    code = forms.ChoiceField(
        label="Art", choices=AbsenceCode.choices, widget=forms.RadioSelect, help_text="Mehr wird nicht gespeichert."
    )

    def __init__(self, *args: Any, people: Choices, deputies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people
        self.fields["deputy"].choices = [("", PICK), *deputies]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "Der letzte Tag liegt vor dem ersten.")
        if cleaned.get("deputy") and cleaned.get("deputy") == cleaned.get("person"):
            self.add_error("deputy", "Niemand vertritt sich selbst.")
        return cleaned


class CaseloadForm(LotseForm):
    to = forms.ChoiceField(label="An wen?")
    reason = pick("handover_reason", "Grund")
    files = forms.MultipleChoiceField(label="Welche Akten?", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Choices, files: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", PICK), *people]
        self.fields["files"].choices = files
        self.fields["files"].error_messages["required"] = "Bitte mindestens eine Akte wählen."
