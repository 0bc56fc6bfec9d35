from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.documents.uploads import UploadField
from lotse.funding.enums import ProofWay

SECTIONS = (
    ("", "Ganzer Nachweis"),
    ("ausgaben", "Ausgaben"),
    ("finanzierung", "Finanzierung"),
    ("berichte", "Sachberichte"),
    ("belege", "Belegliste"),
)


class NotesForm(VersionedForm):
    """A text for everything that has to be explained; `asked`: place, question and what stands there."""

    def __init__(self, *args: Any, asked: list[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = [place for place, _label, _text in asked]
        for number, (_place, label, text) in enumerate(asked):
            field = LongTextField(label=label, required=False, initial=text, max_length=2000)
            self.fields[f"text-{number}"] = field
            self.dress(field)

    @property
    def texts(self) -> dict[str, str]:
        return {place: self.cleaned_data[f"text-{number}"] for number, place in enumerate(self.places)}


class RemarkForm(LotseForm):
    place = forms.ChoiceField(label="Stelle", choices=SECTIONS, required=False)
    text = LongTextField(label="Anmerkung", rows=4, max_length=2000)


class GiveBackForm(LotseForm):
    note = LongTextField(label="Was ist zu ändern?", required=False, max_length=2000)


class TransmitProofForm(LotseForm):
    on = DayField(label="Übermittelt am", past=True)
    channel = forms.ChoiceField(label="Auf welchem Weg", choices=ProofWay.choices, widget=forms.RadioSelect)


class AcceptProofForm(LotseForm):
    on = DayField(label="Angenommen am", past=True)


class CorrectProofForm(LotseForm):
    why = LongTextField(label="Warum gibt es eine neue Fassung?", max_length=300)


class CompleteForm(LotseForm):
    """Only what is missing."""

    number = forms.CharField(label="Belegnummer", max_length=40, required=False)
    file = UploadField(label="Beleg", required=False)

    def __init__(self, *args: Any, lacks_number: bool, lacks_file: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not lacks_number:
            del self.fields["number"]
        if not lacks_file:
            del self.fields["file"]
