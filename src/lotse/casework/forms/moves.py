from django import forms

from lotse.casework.forms.choices import pick
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm


class MoveForm(LotseForm):
    kind = pick("accommodation", "Wohnt jetzt", None, widget=forms.RadioSelect)
    municipality_code = pick("municipality_code", "Gemeinde", required=False)
    since = DayField(label="seit", past=True)
    name = forms.CharField(label="Name der Unterkunft", max_length=120, required=False)
    address = LongTextField(label="Anschrift", rows=2, required=False)
