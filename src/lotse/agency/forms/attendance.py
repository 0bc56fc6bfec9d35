from django import forms

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm


class OpenSheetForm(LotseForm):
    on = DayField(label="Für welchen Tag?")


class SignInForm(LotseForm):
    name = forms.CharField(label="Ihr Name", max_length=120)
    institution = forms.CharField(label="Einrichtung oder Verein", max_length=160, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["institution"].widget.attrs["autocomplete"] = "organization"
