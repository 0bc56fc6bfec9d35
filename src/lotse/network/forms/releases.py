from typing import Any

from django import forms

from lotse.core.fields import LongTextField
from lotse.core.forms import LotseForm
from lotse.network.naming import NamesWarned


class ReleaseForm(NamesWarned):
    looked_through = ("text",)

    text = LongTextField(label="Das soll nach außen gehen", rows=8)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ObjectionForm(LotseForm):
    reason = LongTextField(label="Was spricht dagegen?", rows=3)


class ConfirmForm(LotseForm):
    """Read and settled together: the tick is the second person's word for it."""

    settled = forms.BooleanField(label="Wir haben diesen Text gemeinsam festgelegt")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["settled"].error_messages["required"] = "Bitte bestätigen Sie, dass Sie sich einig sind."
