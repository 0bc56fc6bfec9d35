from django import forms

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm


class CaseloadForm(LotseForm):
    cases_per_fte = forms.IntegerField(label="Offene Fälle je Vollzeitstelle", min_value=1, max_value=999)
    valid_from = DayField(label="Gilt ab")
