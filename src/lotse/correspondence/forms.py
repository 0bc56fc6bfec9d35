from django import forms

from lotse.core.forms import LotseForm


class TestMailForm(LotseForm):
    to = forms.EmailField(
        label="Adresse", error_messages={"invalid": "Bitte eine E-Mail-Adresse wie name@example.org angeben."}
    )
