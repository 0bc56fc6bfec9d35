from django import forms

from lotse.core.fields import DayField
from lotse.core.forms import VersionedForm


class SpaceForm(VersionedForm):
    name = forms.CharField(label="Name", max_length=120)
    ended_on = DayField(
        label="Nicht mehr seit",
        required=False,
        help_text="Danach wird er nirgends mehr angeboten. Was ihn nennt, behält ihn.",
    )
