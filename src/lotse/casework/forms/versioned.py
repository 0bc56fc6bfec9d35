from django import forms

from lotse.core.forms import LotseForm


class VersionedForm(LotseForm):
    """Carries the version it was rendered with; who saves second sees both versions (`Outdated`)."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
