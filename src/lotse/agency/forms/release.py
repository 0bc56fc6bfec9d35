from django import forms

from lotse.agency.enums import Channel
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm


class ReturnForm(LotseForm):
    note = LongTextField(label="Was ist zu ändern?", required=False)


class CommentForm(LotseForm):
    place = forms.ChoiceField(label="Stelle", required=False)
    text = LongTextField(label="Anmerkung", rows=4)

    def __init__(self, *args: object, places: dict[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "Ganzes Dokument"), *places.items()]  # type: ignore[attr-defined]


class TransmitForm(LotseForm):
    on = DayField(label="Übermittelt am", past=True)
    channel = forms.ChoiceField(label="Auf welchem Weg", choices=Channel.choices, widget=forms.RadioSelect)


class AcceptForm(LotseForm):
    on = DayField(label="Angenommen am", past=True)


class CorrectForm(LotseForm):
    on = DayField(label="Verlangt am", past=True)
    note = LongTextField(label="Was soll anders werden?")
