from typing import Any

from django import forms

from lotse.casework.amounts import amount
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
    files = forms.MultipleChoiceField(label="Welche Akten?", widget=forms.CheckboxSelectMultiple, required=False)
    with_notes = forms.BooleanField(required=False)

    def __init__(self, *args: Any, people: Choices, files: Choices, notes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", PICK), *people]
        self.fields["files"].choices = files
        self.fields["files"].says_optional = True
        self.fields["with_notes"].label = f"auch {amount(0, notes)}"
        for name in [name for name, offered in (("files", files), ("with_notes", notes)) if not offered]:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = {"files": [], "with_notes": False, **super().clean()}
        if not (cleaned["files"] or cleaned["with_notes"]):
            chosen = "files" if "files" in self.fields else "with_notes"
            self.add_error(chosen, "Bitte mindestens eine Akte wählen." if chosen == "files" else "Bitte ankreuzen.")
        return cleaned
